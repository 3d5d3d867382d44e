package dev.carafe.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Files by (directory descriptor, path): opening, making, linking, naming and their metadata.
/// Nothing follows a trailing symlink unless its name or a flag says so. Bytes are {@link
/// FileContent}'s, attributes {@link Xattrs}'.
public final class FileSystem {
    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_CREAT = 0x40;
    public static final int O_EXCL = 0x80;
    public static final int O_NOCTTY = 0x100;
    public static final int O_TRUNC = 0x200;
    public static final int O_APPEND = 0x400;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_DIRECTORY = perArchitecture(0x10000, 0x4000);
    public static final int O_NOFOLLOW = perArchitecture(0x20000, 0x8000);
    public static final int O_CLOEXEC = 0x80000;
    public static final int O_PATH = 0x200000;
    public static final int O_TMPFILE = 0x400000 | O_DIRECTORY;

    public static final int RESOLVE_NO_XDEV = 0x01;
    public static final int RESOLVE_NO_MAGICLINKS = 0x02;
    public static final int RESOLVE_NO_SYMLINKS = 0x04;
    public static final int RESOLVE_BENEATH = 0x08;
    public static final int RESOLVE_IN_ROOT = 0x10;

    public static final int AT_SYMLINK_NOFOLLOW = 0x100;
    public static final int AT_REMOVEDIR = 0x200;
    public static final int AT_SYMLINK_FOLLOW = 0x400;
    public static final int AT_EMPTY_PATH = 0x1000;

    public static final int RENAME_NOREPLACE = 1;
    public static final int RENAME_EXCHANGE = 2;

    private static final int STATX_BASIC_AND_MOUNT = 0x7ff | 0x1000;
    private static final long UTIME_OMIT = 0x3ffffffe;
    private static final int PATH_MAX = 4096;
    private static final int AT_FDCWD = -100;
    private static final int W_OK = 2;

    private FileSystem() {}

    /// openat2(2), since Linux 5.6; O_CLOEXEC is always added.
    ///
    /// @param mode permission bits of a file made; must be 0 without O_CREAT or O_TMPFILE
    /// @param resolve RESOLVE_ bits
    public static Fd openat2(Fd dir, String path, int flags, int mode, int resolve) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment how = arena.allocate(24, 8);
            how.set(Memory.LONG, 0, Integer.toUnsignedLong(flags | O_CLOEXEC));
            how.set(Memory.LONG, 8, mode);
            how.set(Memory.LONG, 16, resolve);
            long name = Memory.cAddress(arena, path);
            long fd;
            do {
                // EAGAIN: a rename raced with a RESOLVE_IN_ROOT or RESOLVE_BENEATH walk; the man
                // page says try again
                fd =
                        Syscall.restarting(
                                SyscallNumbers.OPENAT2, dir.number(), name, how.address(), 24);
            } while (fd == -Errno.EAGAIN && resolve != 0);
            return Fd.own(Syscall.check("open", path, fd));
        }
    }

    /// Opens a path as if `root` were the root directory: `..` and absolute symlinks stay inside.
    public static Fd openInRoot(Fd root, String path, int flags, int mode) {
        return openat2(root, path, flags, mode, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
    }

    public static Fd openat(Fd dir, String path, int flags, int mode) {
        try (Arena arena = Arena.ofConfined()) {
            return Fd.own(
                    Syscall.call(
                            "open",
                            path,
                            SyscallNumbers.OPENAT,
                            dir.number(),
                            Memory.cAddress(arena, path),
                            flags | O_CLOEXEC,
                            mode));
        }
    }

    /// Opens an existing file of this process's file system.
    public static Fd open(String path, int flags) {
        return openat(Fd.CWD, path, flags, 0);
    }

    public static void mkdirat(Fd dir, String path, int mode) {
        named(dir, path, "mkdir", SyscallNumbers.MKDIRAT, mode, 0, 0);
    }

    /// mknodat(2).
    ///
    /// @param mode type and permission bits
    /// @param device as {@link #device} gives; 0 for other than device nodes
    public static void mknodat(Fd dir, String path, int mode, long device) {
        named(dir, path, "mknod", SyscallNumbers.MKNODAT, mode, device, 0);
    }

    /// The number of a device, as the kernel packs it.
    public static long device(int major, int minor) {
        return Integer.toUnsignedLong(
                (minor & 0xff) | (major & 0xfff) << 8 | (minor & ~0xff) << 12);
    }

    public static void symlinkat(String target, Fd dir, String path) {
        try (Arena arena = Arena.ofConfined()) {
            Syscall.call(
                    "symlink",
                    path,
                    SyscallNumbers.SYMLINKAT,
                    Memory.cAddress(arena, target),
                    dir.number(),
                    Memory.cAddress(arena, path));
        }
    }

    /// linkat(2).
    ///
    /// @param flags AT_EMPTY_PATH to name the open file `from` itself (path ""), or
    ///   AT_SYMLINK_FOLLOW
    public static void linkat(Fd from, String path, Fd to, String newPath, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            Syscall.call(
                    "link",
                    newPath,
                    SyscallNumbers.LINKAT,
                    from.number(),
                    Memory.cAddress(arena, path),
                    to.number(),
                    Memory.cAddress(arena, newPath),
                    flags);
        }
    }

    /// unlinkat(2); AT_REMOVEDIR for directories.
    public static void unlinkat(Fd dir, String path, int flags) {
        named(dir, path, "unlink", SyscallNumbers.UNLINKAT, flags, 0, 0);
    }

    public static void renameat2(Fd from, String path, Fd to, String newPath, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            Syscall.call(
                    "rename",
                    newPath,
                    SyscallNumbers.RENAMEAT2,
                    from.number(),
                    Memory.cAddress(arena, path),
                    to.number(),
                    Memory.cAddress(arena, newPath),
                    flags);
        }
    }

    /// fchownat(2); an id of -1 stays as it is. Clears set-id bits of regular files: change the
    /// mode afterwards.
    public static void fchownat(Fd dir, String path, int uid, int gid, int flags) {
        named(dir, path, "chown", SyscallNumbers.FCHOWNAT, uid, gid, flags);
    }

    public static void fchown(Fd fd, int uid, int gid) {
        fchownat(fd, "", uid, gid, AT_EMPTY_PATH);
    }

    /// fchmodat(2): follows a trailing symlink (Linux has no mode on symlinks).
    public static void fchmodat(Fd dir, String path, int mode) {
        named(dir, path, "chmod", SyscallNumbers.FCHMODAT, mode, 0, 0);
    }

    /// fchmod(2); not on O_PATH descriptors.
    public static void fchmod(Fd fd, int mode) {
        Syscall.call("fchmod", fd, SyscallNumbers.FCHMOD, fd.number(), mode);
    }

    /// utimensat(2) to the nanosecond; null leaves that time as it is.
    public static void utimensat(
            Fd dir,
            String path,
            @Nullable Instant accessed,
            @Nullable Instant modified,
            int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment times = arena.allocate(32, 8);
            putTime(times, 0, accessed);
            putTime(times, 16, modified);
            // an empty path means the descriptor itself, which this call spells as a null pointer
            long name = path.isEmpty() ? 0 : Memory.cAddress(arena, path);
            int bits = path.isEmpty() ? flags & ~AT_EMPTY_PATH & ~AT_SYMLINK_NOFOLLOW : flags;
            Syscall.call(
                    "utimensat",
                    path,
                    SyscallNumbers.UTIMENSAT,
                    dir.number(),
                    name,
                    times.address(),
                    bits);
        }
    }

    public static String readlinkat(Fd dir, String path) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(PATH_MAX);
            long n =
                    Syscall.call(
                            "readlink",
                            path,
                            SyscallNumbers.READLINKAT,
                            dir.number(),
                            Memory.cAddress(arena, path),
                            buffer.address(),
                            PATH_MAX);
            return RawText.decode(Memory.bytes(buffer, 0, n));
        }
    }

    /// statx(2) of the path.
    ///
    /// @param flags AT_SYMLINK_NOFOLLOW, AT_EMPTY_PATH
    public static Stat statx(Fd dir, String path, int flags) {
        return stat(dir, path, flags, false).orElseThrow();
    }

    /// The same, empty when there is no such file.
    public static Optional<Stat> tryStat(Fd dir, String path, int flags) {
        return stat(dir, path, flags, true);
    }

    public static Stat fstat(Fd fd) {
        return statx(fd, "", AT_EMPTY_PATH);
    }

    /// statfs(2) of the file system an open file (or O_PATH descriptor) is on.
    public static FileSystemUsage fstatfs(Fd fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(128, 8);
            Syscall.call("fstatfs", fd, SyscallNumbers.FSTATFS, fd.number(), out.address());
            return FileSystemUsage.of(out);
        }
    }

    /// statfs(2) of the file system a path is on.
    public static FileSystemUsage statfs(String path) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(128, 8);
            Syscall.call(
                    "statfs",
                    path,
                    SyscallNumbers.STATFS,
                    Memory.cAddress(arena, path),
                    out.address());
            return FileSystemUsage.of(out);
        }
    }

    /// Whether this process may write there: permissions and a read-only mount count.
    public static boolean isWritable(String path) {
        try (Arena arena = Arena.ofConfined()) {
            return Syscall.raw(
                            SyscallNumbers.FACCESSAT, AT_FDCWD, Memory.cAddress(arena, path), W_OK)
                    == 0;
        }
    }

    private static Optional<Stat> stat(Fd dir, String path, int flags, boolean mayLack) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(256, 8);
            long result =
                    Syscall.restarting(
                            SyscallNumbers.STATX,
                            dir.number(),
                            Memory.cAddress(arena, path),
                            flags,
                            STATX_BASIC_AND_MOUNT,
                            out.address());
            if (mayLack && (result == -Errno.ENOENT || result == -Errno.ENOTDIR)) {
                return Optional.empty();
            }
            Syscall.check("stat", path, result);
            return Optional.of(Stat.of(out));
        }
    }

    private static void putTime(MemorySegment times, long offset, @Nullable Instant time) {
        times.set(Memory.LONG, offset, time == null ? 0 : time.getEpochSecond());
        times.set(Memory.LONG, offset + 8, time == null ? UTIME_OMIT : time.getNano());
    }

    private static void named(Fd dir, String path, String call, long nr, long a, long b, long c) {
        try (Arena arena = Arena.ofConfined()) {
            Syscall.call(call, path, nr, dir.number(), Memory.cAddress(arena, path), a, b, c);
        }
    }

    static int perArchitecture(int x86, int aarch64) {
        return switch (Architecture.current()) {
            case X86_64 -> x86;
            case AARCH64 -> aarch64;
        };
    }
}
