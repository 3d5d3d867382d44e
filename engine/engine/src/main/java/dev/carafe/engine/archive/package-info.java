/// Files in and out of containers, whatever state they are in.
///
/// Here: the view of a container's files (its root with its volumes and binds, in a mount namespace
/// that lives only as long as the work), what stands at a path. Not here: where links lead, which
/// is LinkWalk of the linux room, and how tar is read and written, which is the snapshots room's.
/// Start with {@link dev.carafe.engine.archive.FileView}.
@NullMarked
package dev.carafe.engine.archive;

import org.jspecify.annotations.NullMarked;
