/// Layers on disk and writable roots over them.
///
/// Belongs here: the {@link dev.carafe.snapshots.Snapshotter} contract and its overlay
/// implementation, everything about tar streams and file trees (whiteouts, `.wh.` names, xattrs,
/// sparse files), overlay mount options. Does not belong here: compression and blobs (`content`,
/// `images`), who uses which layer (`images`, `engine`), the system calls themselves (`linux`).
@NullMarked
package dev.carafe.snapshots;

import org.jspecify.annotations.NullMarked;
