/// Files below an open directory: made from tar entries, read back into them, removed. No names of
/// layers or roots, no places on disk: everything starts at a descriptor.
///
/// The rule of this package: a name that comes from an archive or a container never reaches a path
/// lookup that could leave the tree. Either each directory is opened from the one above it without
/// following symlinks, or the kernel resolves the path inside the root (openat2(2),
/// RESOLVE_IN_ROOT).
///
/// Start with {@link dev.carafe.snapshots.tree.LayerWriter}.
@NullMarked
package dev.carafe.snapshots.tree;

import org.jspecify.annotations.NullMarked;
