/// The tar format and nothing else: bytes to entries and back, no files, no policy on names.
///
/// Read: POSIX ustar and pax, GNU tar's long names, base-256 numbers and all its sparse formats,
/// star, v7. Written: ustar, with pax records where ustar can't say it. Sources: POSIX.1-2017
/// `pax`, "Extended Description"; the GNU tar manual, "Tar Internals". Start with {@link
/// dev.carafe.snapshots.tar.TarReader}.
///
/// Names and link targets are strings as {@link dev.carafe.linux.RawText} makes them: any bytes
/// survive.
@NullMarked
package dev.carafe.snapshots.tar;

import org.jspecify.annotations.NullMarked;
