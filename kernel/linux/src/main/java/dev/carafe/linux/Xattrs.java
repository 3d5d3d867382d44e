package dev.carafe.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Extended attributes, xattr(7): of open files, and by path without following a trailing symlink.
/// A path reaches a file behind a descriptor as {@link Fd#procPath} plus `/name`.
public final class Xattrs {
    public static final int XATTR_CREATE = 1;
    public static final int XATTR_REPLACE = 2;

    private static final int FIRST_TRY = 256;
    private static final int LARGEST = 65536;

    private Xattrs() {}

    /// The value, empty when the file has no such attribute or its file system none at all.
    public static Optional<byte[]> get(Fd fd, String name) {
        return value(SyscallNumbers.FGETXATTR, fd.number(), fd, name);
    }

    public static Optional<byte[]> lget(String path, String name) {
        try (Arena arena = Arena.ofConfined()) {
            return value(SyscallNumbers.LGETXATTR, Memory.cAddress(arena, path), path, name);
        }
    }

    /// fsetxattr(2); `flags` 0 makes or replaces.
    public static void set(Fd fd, String name, byte[] value, int flags) {
        put(SyscallNumbers.FSETXATTR, fd.number(), fd, name, value, flags);
    }

    public static void lset(String path, String name, byte[] value, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            put(SyscallNumbers.LSETXATTR, Memory.cAddress(arena, path), path, name, value, flags);
        }
    }

    /// The names, in the kernel's order; none where the file system has no attributes.
    public static List<String> list(Fd fd) {
        return names(SyscallNumbers.FLISTXATTR, fd.number(), fd);
    }

    public static List<String> llist(String path) {
        try (Arena arena = Arena.ofConfined()) {
            return names(SyscallNumbers.LLISTXATTR, Memory.cAddress(arena, path), path);
        }
    }

    public static void remove(Fd fd, String name) {
        try (Arena arena = Arena.ofConfined()) {
            Syscall.call(
                    "removexattr",
                    name,
                    SyscallNumbers.FREMOVEXATTR,
                    fd.number(),
                    Memory.cAddress(arena, name));
        }
    }

    private static Optional<byte[]> value(int nr, long target, Object what, String name) {
        try (Arena arena = Arena.ofConfined()) {
            long attribute = Memory.cAddress(arena, name);
            for (int size = FIRST_TRY; ; size = LARGEST) {
                MemorySegment out = arena.allocate(size);
                long n = Syscall.raw(nr, target, attribute, out.address(), size);
                if (n == -Errno.ENODATA || n == -Errno.EOPNOTSUPP) {
                    return Optional.empty();
                }
                if (n != -Errno.ERANGE || size == LARGEST) {
                    Syscall.check("getxattr", what + " " + name, n);
                    return Optional.of(Memory.bytes(out, 0, n));
                }
            }
        }
    }

    private static void put(
            int nr, long target, Object what, String name, byte[] value, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            long attribute = Memory.cAddress(arena, name);
            long result =
                    Syscall.raw(
                            nr,
                            target,
                            attribute,
                            Memory.copy(arena, value).address(),
                            value.length,
                            flags);
            if (result < 0) {
                Syscall.check("setxattr", what + " " + name, result);
            }
        }
    }

    private static List<String> names(int nr, long target, Object what) {
        try (Arena arena = Arena.ofConfined()) {
            for (int size = FIRST_TRY; ; size = LARGEST) {
                MemorySegment out = arena.allocate(size);
                long n = Syscall.raw(nr, target, out.address(), size);
                if (n == -Errno.EOPNOTSUPP) {
                    return List.of();
                }
                if (n != -Errno.ERANGE || size == LARGEST) {
                    Syscall.check("listxattr", what, n);
                    return split(Memory.bytes(out, 0, n));
                }
            }
        }
    }

    private static List<String> split(byte[] zeroEnded) {
        List<String> names = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < zeroEnded.length; i++) {
            if (zeroEnded[i] == 0) {
                names.add(RawText.decode(zeroEnded, start, i - start));
                start = i + 1;
            }
        }
        return names;
    }
}
