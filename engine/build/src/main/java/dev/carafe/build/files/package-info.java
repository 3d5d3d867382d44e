/// Files of a build: finding the sources of COPY, summing them up, copying them into a root.
///
/// Both trees are hostile: every path is resolved inside its root (openat2(2) RESOLVE_IN_ROOT), and
/// below that step by step with descriptors, no symlink followed. Start with {@link
/// dev.carafe.build.files.CopyJob}.
@NullMarked
package dev.carafe.build.files;

import org.jspecify.annotations.NullMarked;
