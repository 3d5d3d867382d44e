/// The kernel as Java sees it: system calls by their man-page names, on descriptors that are closed
/// by their owners, failing with {@link dev.carafe.linux.ErrnoException}. The only place that uses
/// java.lang.foreign.
///
/// Belongs here: what a call needs (structures, constants, retries the man page demands) and small
/// helpers every caller of it would write again. Does not: what the calls are made for. Overlay
/// options are the snapshots', limits the engine's, launch plans the runtime's.
///
/// Start at {@link dev.carafe.linux.Syscall} (the one door), {@link dev.carafe.linux.Fd} and {@link
/// dev.carafe.linux.FileSystem}. Waiting for descriptors is {@link dev.carafe.linux.EventLoop}'s.
@NullMarked
package dev.carafe.linux;

import org.jspecify.annotations.NullMarked;
