package dev.carafe.linux;

import java.lang.foreign.Arena;

/// Anonymous files in memory, memfd_create(2).
public final class Memfd {
    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_ALLOW_SEALING = 2;
    private static final int MFD_EXEC = 0x10;
    private static final int F_ADD_SEALS = 1033;
    private static final int ALL_SEALS = 0xf;

    private Memfd() {}

    /// An empty, executable file in memory.
    ///
    /// @param name shown in /proc/PID/fd only
    public static Fd create(String name, boolean allowSealing) {
        int flags = MFD_CLOEXEC | (allowSealing ? MFD_ALLOW_SEALING : 0);
        // the kernel may be told to refuse executable ones made without MFD_EXEC; older ones do not
        // know it (6.3)
        long fd = make(name, flags | MFD_EXEC);
        if (fd == -Errno.EINVAL) {
            fd = make(name, flags);
        }
        return Fd.own(Syscall.check("memfd_create", name, fd));
    }

    /// A file in memory with this content, its offset at 0.
    public static Fd of(String name, byte[] content) {
        Fd fd = create(name, true);
        try {
            write(fd, content);
            return fd;
        } catch (RuntimeException e) {
            fd.close();
            throw e;
        }
    }

    /// Writes all bytes at the start of the file, without moving its offset.
    public static void write(Fd fd, byte[] content) {
        int done = 0;
        while (done < content.length) {
            done += FileContent.pwrite(fd, content, done, content.length - done, done);
        }
    }

    /// Forbids writing, growing, shrinking and further seals. The file can still be opened for
    /// writing.
    public static void seal(Fd fd) {
        Syscall.call(
                "fcntl F_ADD_SEALS", fd, SyscallNumbers.FCNTL, fd.number(), F_ADD_SEALS, ALL_SEALS);
    }

    private static long make(String name, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            return Syscall.raw(SyscallNumbers.MEMFD_CREATE, Memory.cAddress(arena, name), flags);
        }
    }
}
