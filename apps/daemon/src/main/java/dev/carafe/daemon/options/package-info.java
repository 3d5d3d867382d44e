/// What the daemon was told: the table of options, the command line, the configuration file, and
/// both merged.
///
/// Belongs here: names, kinds and texts of options. Does not belong here: acting on them (package
/// `daemon`).
///
/// Start at {@link dev.carafe.daemon.options.OptionTable} and {@link
/// dev.carafe.daemon.options.Settings}.
@NullMarked
package dev.carafe.daemon.options;

import org.jspecify.annotations.NullMarked;
