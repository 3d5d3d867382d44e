/// Tar archives between the daemon and local files, for `cp`.
///
/// Here: as much of tar as the daemon's archives and local trees need (ustar, pax, GNU's long
/// names, sparse files of pax 1.0), with nothing but the JDK. Not here: where things go, which is
/// {@code CopyCommand}'s. Start with {@link dev.carafe.cli.archive.LocalReader} and {@link
/// dev.carafe.cli.archive.LocalWriter}.
@NullMarked
package dev.carafe.cli.archive;

import org.jspecify.annotations.NullMarked;
