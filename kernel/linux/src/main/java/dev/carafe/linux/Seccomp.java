package dev.carafe.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Installs a filter on the calling thread, seccomp(2). A launch plan does this in the container's
/// process; here it serves tests, and threads that handle what they should not trust.
public final class Seccomp {
    private static final int SECCOMP_SET_MODE_FILTER = 1;

    private Seccomp() {}

    /// Binds the calling thread, and what it starts, for good: never call it on a pooled or virtual
    /// thread.
    ///
    /// @param code an array of `struct sock_filter`
    /// @throws ErrnoException EACCES without CAP_SYS_ADMIN and no_new_privs, EINVAL for a filter
    ///   that is not well formed
    public static void confineThread(byte[] code, int flags) {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException(
                    "a filter on a virtual thread would stay on its carrier");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment program = arena.allocate(16, 8);
            program.set(Memory.SHORT, 0, (short) (code.length / 8));
            program.set(Memory.LONG, 8, Memory.copy(arena, code).address());
            Syscall.call(
                    "seccomp",
                    "",
                    SyscallNumbers.SECCOMP,
                    SECCOMP_SET_MODE_FILTER,
                    flags,
                    program.address());
        }
    }
}
