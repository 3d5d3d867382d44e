/// Seccomp profiles compiled to the kernel's classic BPF, seccomp(2). A profile here is plain data
/// with everything decided: which rules apply to a container (capabilities, architecture, kernel)
/// is the engine's affair, and installing the filter is a step of the runtime's launch plan.
///
/// Start at {@link dev.carafe.linux.seccomp.SeccompFilter}. System call numbers are in the resource
/// `syscalls.tsv`.
@NullMarked
package dev.carafe.linux.seccomp;

import org.jspecify.annotations.NullMarked;
