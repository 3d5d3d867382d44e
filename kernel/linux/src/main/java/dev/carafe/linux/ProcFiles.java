package dev.carafe.linux;

import java.util.Arrays;
import java.util.Optional;

/// Small kernel files (/proc, /sys, cgroup): read whole, write in one go. Three system calls each,
/// no buffers kept.
public final class ProcFiles {
    private static final int FIRST_SIZE = 4096;

    private ProcFiles() {}

    public static String read(String path) {
        return read(Fd.CWD, path);
    }

    /// The whole file as text.
    public static String read(Fd dir, String path) {
        try (Fd fd = FileSystem.openat(dir, path, FileSystem.O_RDONLY, 0)) {
            return content(fd);
        }
    }

    /// The whole file; empty when it, or the process it is about, does not exist.
    public static Optional<String> tryRead(String path) {
        return tryRead(Fd.CWD, path);
    }

    public static Optional<String> tryRead(Fd dir, String path) {
        try {
            return Optional.of(read(dir, path));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT
                    || e.errno() == Errno.ESRCH
                    || e.errno() == Errno.ENOTDIR) {
                return Optional.empty();
            }
            throw e;
        }
    }

    public static void write(String path, String value) {
        write(Fd.CWD, path, value);
    }

    /// Writes the value with one write(2) to an existing file, as these files want it.
    public static void write(Fd dir, String path, String value) {
        byte[] bytes = RawText.encode(value);
        try (Fd fd = FileSystem.openat(dir, path, FileSystem.O_WRONLY, 0)) {
            Pipes.write(fd, bytes, 0, bytes.length);
        } catch (ErrnoException e) {
            throw e.call().equals("write")
                    ? new ErrnoException("write", e.errno(), "'" + value.strip() + "' to " + path)
                    : e;
        }
    }

    private static String content(Fd fd) {
        byte[] buffer = new byte[FIRST_SIZE];
        int size = 0;
        while (true) {
            int n = Pipes.read(fd, buffer, size, buffer.length - size);
            if (n <= 0) {
                return RawText.decode(buffer, 0, size);
            }
            size += n;
            if (size == buffer.length) {
                buffer = Arrays.copyOf(buffer, 2 * size);
            }
        }
    }
}
