/// The daemon's log on standard error, in dockerd's form, behind `System.Logger`.
///
/// Start at {@link dev.carafe.daemon.log.DaemonLoggers}.
@NullMarked
package dev.carafe.daemon.log;

import org.jspecify.annotations.NullMarked;
