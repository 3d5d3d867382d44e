package dev.carafe.linux;

import java.lang.foreign.Arena;

/// inotify(7), as far as a daemon needs it: to hear that a kernel file changed.
public final class Inotify {
    private static final int IN_MODIFY = 2;
    private static final int FLAGS = 0x80000 | 0x800;

    private Inotify() {}

    /// A non-blocking descriptor that becomes readable whenever the file is modified; read it empty
    /// each time.
    public static Fd watchModifications(String path) {
        Fd fd = Fd.own(Syscall.call("inotify_init1", path, SyscallNumbers.INOTIFY_INIT1, FLAGS));
        try (Arena arena = Arena.ofConfined()) {
            Syscall.call(
                    "inotify_add_watch",
                    path,
                    SyscallNumbers.INOTIFY_ADD_WATCH,
                    fd.number(),
                    Memory.cAddress(arena, path),
                    IN_MODIFY);
            return fd;
        } catch (RuntimeException e) {
            fd.close();
            throw e;
        }
    }
}
