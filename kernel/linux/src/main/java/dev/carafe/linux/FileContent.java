package dev.carafe.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The bytes of open files: positioned reads and writes, holes, copies inside the kernel,
/// durability. Sizes and offsets are bytes.
public final class FileContent {
    public static final int FALLOC_FL_KEEP_SIZE = 1;
    public static final int FALLOC_FL_PUNCH_HOLE = 2;

    private static final int SYNC_FILE_RANGE_WRITE = 2;
    private static final int SEEK_SET = 0;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;

    private FileContent() {}

    /// pread64(2).
    ///
    /// @return bytes read, -1 at the end of the file
    public static int pread(Fd fd, byte[] into, int offset, int length, long position) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(Math.max(length, 1));
            int n =
                    (int)
                            Syscall.call(
                                    "read",
                                    fd,
                                    SyscallNumbers.PREAD64,
                                    fd.number(),
                                    buffer.address(),
                                    length,
                                    position);
            MemorySegment.copy(buffer, Memory.BYTE, 0, into, offset, n);
            return n == 0 && length > 0 ? -1 : n;
        }
    }

    /// pwrite64(2).
    ///
    /// @return bytes written, possibly fewer than asked
    public static int pwrite(Fd fd, byte[] from, int offset, int length, long position) {
        try (Arena arena = Arena.ofConfined()) {
            long buffer = Memory.copy(arena, from, offset, length).address();
            return (int)
                    Syscall.call(
                            "write",
                            fd,
                            SyscallNumbers.PWRITE64,
                            fd.number(),
                            buffer,
                            length,
                            position);
        }
    }

    /// Where the next data at or after `position` starts; -1 when only a hole follows.
    public static long nextData(Fd fd, long position) {
        return seek(fd, position, SEEK_DATA);
    }

    /// Where the next hole at or after `position` starts (the end of the file counts as one); -1
    /// past the end.
    public static long nextHole(Fd fd, long position) {
        return seek(fd, position, SEEK_HOLE);
    }

    /// lseek(2) to an absolute offset.
    public static void seekTo(Fd fd, long position) {
        Syscall.call("lseek", fd, SyscallNumbers.LSEEK, fd.number(), position, SEEK_SET);
    }

    public static void fallocate(Fd fd, int mode, long offset, long length) {
        Syscall.call("fallocate", fd, SyscallNumbers.FALLOCATE, fd.number(), mode, offset, length);
    }

    public static void truncate(Fd fd, long size) {
        Syscall.call("ftruncate", fd, SyscallNumbers.FTRUNCATE, fd.number(), size);
    }

    /// copy_file_range(2) at both files' own offsets.
    ///
    /// @return bytes copied, 0 at the end of `from`
    /// @throws ErrnoException EXDEV, EINVAL or EOPNOTSUPP where these files need a copy by read and
    ///   write
    public static long copyFileRange(Fd from, Fd to, long length) {
        return Syscall.call(
                "copy_file_range",
                from,
                SyscallNumbers.COPY_FILE_RANGE,
                from.number(),
                0,
                to.number(),
                0,
                length,
                0);
    }

    public static void fsync(Fd fd) {
        Syscall.call("fsync", fd, SyscallNumbers.FSYNC, fd.number());
    }

    public static void fdatasync(Fd fd) {
        Syscall.call("fdatasync", fd, SyscallNumbers.FDATASYNC, fd.number());
    }

    /// sync_file_range(2), SYNC_FILE_RANGE_WRITE: the disk starts to take the file's bytes, nobody
    /// waits. It makes nothing durable; an fsync or syncfs later has less to do.
    public static void startWriteback(Fd fd) {
        Syscall.call(
                "sync_file_range",
                fd,
                SyscallNumbers.SYNC_FILE_RANGE,
                fd.number(),
                0,
                0,
                SYNC_FILE_RANGE_WRITE);
    }

    /// syncfs(2): writes back the whole file system the descriptor is on.
    public static void syncfs(Fd fd) {
        Syscall.call("syncfs", fd, SyscallNumbers.SYNCFS, fd.number());
    }

    private static long seek(Fd fd, long position, int whence) {
        long at = Syscall.restarting(SyscallNumbers.LSEEK, fd.number(), position, whence);
        return at == -Errno.ENXIO ? -1 : Syscall.check("lseek", fd, at);
    }
}
