package dev.carafe.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Mounting: the descriptor-based calls (fsopen(2) to move_mount(2), since Linux 5.2;
/// mount_setattr(2), 5.12) and the classic mount(2). A mount held only by a descriptor is in no
/// mount table and goes away with its last descriptor.
public final class Mounts {
    public static final int MS_RDONLY = 1;
    public static final int MS_NOSUID = 2;
    public static final int MS_NODEV = 4;
    public static final int MS_NOEXEC = 8;
    public static final int MS_SYNCHRONOUS = 16;
    public static final int MS_REMOUNT = 32;
    public static final int MS_MANDLOCK = 64;
    public static final int MS_DIRSYNC = 128;
    public static final int MS_NOATIME = 1024;
    public static final int MS_NODIRATIME = 2048;
    public static final int MS_BIND = 4096;
    public static final int MS_MOVE = 8192;
    public static final int MS_REC = 16384;
    public static final int MS_SILENT = 32768;
    public static final int MS_UNBINDABLE = 1 << 17;
    public static final int MS_PRIVATE = 1 << 18;
    public static final int MS_SLAVE = 1 << 19;
    public static final int MS_SHARED = 1 << 20;
    public static final int MS_RELATIME = 1 << 21;
    public static final int MS_STRICTATIME = 1 << 24;
    public static final int MS_LAZYTIME = 1 << 25;

    public static final int MNT_DETACH = 2;
    public static final int UMOUNT_NOFOLLOW = 8;

    public static final int OPEN_TREE_CLONE = 1;
    public static final int AT_RECURSIVE = 0x8000;
    public static final int AT_EMPTY_PATH = 0x1000;
    public static final int MOVE_MOUNT_F_SYMLINKS = 0x1;
    public static final int MOVE_MOUNT_F_EMPTY_PATH = 0x4;
    public static final int MOVE_MOUNT_T_EMPTY_PATH = 0x40;

    public static final long MOUNT_ATTR_RDONLY = 0x1;
    public static final long MOUNT_ATTR_NOSUID = 0x2;
    public static final long MOUNT_ATTR_NODEV = 0x4;
    public static final long MOUNT_ATTR_NOEXEC = 0x8;
    public static final long MOUNT_ATTR_ATIME = 0x70;
    public static final long MOUNT_ATTR_NOATIME = 0x10;
    public static final long MOUNT_ATTR_STRICTATIME = 0x20;
    public static final long MOUNT_ATTR_NODIRATIME = 0x80;
    public static final long MOUNT_ATTR_IDMAP = 0x100000;
    public static final long MOUNT_ATTR_NOSYMFOLLOW = 0x200000;

    /// fsconfig commands.
    public static final int FSCONFIG_SET_FLAG = 0;

    public static final int FSCONFIG_SET_STRING = 1;
    public static final int FSCONFIG_SET_FD = 5;
    public static final int FSCONFIG_CMD_CREATE = 6;

    private static final int CLOEXEC = 1;
    private static final int O_CLOEXEC = 0x80000;

    private Mounts() {}

    /// A new file-system context, e.g. of `overlay`.
    public static Fd fsopen(String type) {
        try (Arena arena = Arena.ofConfined()) {
            return Fd.own(
                    Syscall.call(
                            "fsopen",
                            type,
                            SyscallNumbers.FSOPEN,
                            Memory.cAddress(arena, type),
                            CLOEXEC));
        }
    }

    /// Sets a string option; at most 255 bytes. Set `source` too, or the mount shows as `none`.
    public static void fsconfigString(Fd context, String key, String value) {
        try (Arena arena = Arena.ofConfined()) {
            fsconfig(
                    context,
                    FSCONFIG_SET_STRING,
                    arena,
                    key,
                    Memory.cAddress(arena, value),
                    0,
                    key + "=" + value);
        }
    }

    public static void fsconfigFlag(Fd context, String key) {
        try (Arena arena = Arena.ofConfined()) {
            fsconfig(context, FSCONFIG_SET_FLAG, arena, key, 0, 0, key);
        }
    }

    public static void fsconfigFd(Fd context, String key, Fd value) {
        try (Arena arena = Arena.ofConfined()) {
            fsconfig(context, FSCONFIG_SET_FD, arena, key, 0, value.number(), key + "=" + value);
        }
    }

    /// Makes the superblock; the options are checked here.
    public static void fsconfigCreate(Fd context) {
        long result =
                Syscall.restarting(SyscallNumbers.FSCONFIG, context.number(), FSCONFIG_CMD_CREATE);
        if (result < 0) {
            Syscall.check("fsconfig", "create" + log(context), result);
        }
    }

    /// The mount of a made superblock, detached, with MOUNT_ATTR_ bits.
    public static Fd fsmount(Fd context, long attributes) {
        return Fd.own(
                Syscall.call(
                        "fsmount",
                        context,
                        SyscallNumbers.FSMOUNT,
                        context.number(),
                        CLOEXEC,
                        attributes));
    }

    /// open_tree(2).
    ///
    /// @param flags OPEN_TREE_CLONE for a detached copy (a bind mount to be), AT_RECURSIVE,
    ///   AT_EMPTY_PATH, AT_SYMLINK_NOFOLLOW
    public static Fd openTree(Fd dir, String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            return Fd.own(
                    Syscall.call(
                            "open_tree",
                            path,
                            SyscallNumbers.OPEN_TREE,
                            dir.number(),
                            Memory.cAddress(arena, path),
                            flags | O_CLOEXEC));
        }
    }

    /// What the path shows as a detached mount, to be attached once. A path that is itself the
    /// descriptor of a detached mount (`/proc/self/fd/N`) gives that one where the kernel does not
    /// copy it: before Linux 6.15, and later when it was made in another mount namespace.
    public static Fd tree(String path, boolean recursive) {
        try {
            return openTree(Fd.CWD, path, OPEN_TREE_CLONE | (recursive ? AT_RECURSIVE : 0));
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EINVAL || !path.startsWith("/proc/self/fd/")) {
                throw e;
            }
            return FileSystem.open(path, FileSystem.O_PATH);
        }
    }

    /// move_mount(2): attaches a detached mount (from path "" with MOVE_MOUNT_F_EMPTY_PATH) or
    /// moves one.
    public static void moveMount(Fd from, String path, Fd to, String toPath, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            Syscall.call(
                    "move_mount",
                    toPath,
                    SyscallNumbers.MOVE_MOUNT,
                    from.number(),
                    Memory.cAddress(arena, path),
                    to.number(),
                    Memory.cAddress(arena, toPath),
                    flags);
        }
    }

    /// mount_setattr(2).
    ///
    /// @param set MOUNT_ATTR_ bits to switch on; to change the atime mode clear MOUNT_ATTR_ATIME as
    ///   well
    /// @param propagation one of MS_PRIVATE, MS_SLAVE, MS_SHARED, MS_UNBINDABLE, or 0
    /// @param userns for MOUNT_ATTR_IDMAP, else null
    public static void mountSetattr(
            Fd dir,
            String path,
            int flags,
            long set,
            long clear,
            long propagation,
            @Nullable Fd userns) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attr = arena.allocate(32, 8);
            attr.set(Memory.LONG, 0, set);
            attr.set(Memory.LONG, 8, clear);
            attr.set(Memory.LONG, 16, propagation);
            attr.set(Memory.LONG, 24, userns == null ? 0 : userns.number());
            Syscall.call(
                    "mount_setattr",
                    path,
                    SyscallNumbers.MOUNT_SETATTR,
                    dir.number(),
                    Memory.cAddress(arena, path),
                    flags,
                    attr.address(),
                    32);
        }
    }

    /// Shows the owners of a detached mount as another user namespace maps them (mount_setattr(2)
    /// MOUNT_ATTR_IDMAP, since Linux 5.12).
    ///
    /// @return false when its file system can't: it shows them as they are
    public static boolean tryIdmap(Fd mount, Fd userns) {
        try {
            idmap(mount, userns, false);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EINVAL && e.errno() != Errno.ENOSYS) {
                throw e;
            }
            return false;
        }
    }

    /// The same for one that must: EINVAL where a file system can't, EPERM where a mount is
    /// idmapped already, ENOSYS before Linux 5.12.
    ///
    /// @param deep with all that is mounted below it
    public static void idmap(Fd mount, Fd userns, boolean deep) {
        int flags = AT_EMPTY_PATH | (deep ? AT_RECURSIVE : 0);
        mountSetattr(mount, "", flags, MOUNT_ATTR_IDMAP, 0, 0, userns);
    }

    /// mount(2); null stands for the kernel's null pointer.
    public static void mount(
            @Nullable String source,
            String target,
            @Nullable String type,
            long flags,
            @Nullable String data) {
        try (Arena arena = Arena.ofConfined()) {
            Syscall.call(
                    "mount",
                    (source == null ? "" : source + " on ") + target,
                    SyscallNumbers.MOUNT,
                    address(arena, source),
                    Memory.cAddress(arena, target),
                    address(arena, type),
                    flags,
                    address(arena, data));
        }
    }

    public static void umount2(String target, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            Syscall.call(
                    "umount2",
                    target,
                    SyscallNumbers.UMOUNT2,
                    Memory.cAddress(arena, target),
                    flags);
        }
    }

    private static void fsconfig(
            Fd context, int command, Arena arena, String key, long value, long aux, String what) {
        long result =
                Syscall.restarting(
                        SyscallNumbers.FSCONFIG,
                        context.number(),
                        command,
                        Memory.cAddress(arena, key),
                        value,
                        aux);
        if (result < 0) {
            Syscall.check("fsconfig", what + log(context), result);
        }
    }

    // the kernel's own words on what it did not like, read from the context
    private static String log(Fd context) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(1024);
            long n = Syscall.raw(SyscallNumbers.READ, context.number(), out.address(), 1024);
            return n <= 0 ? "" : " (" + RawText.decode(Memory.bytes(out, 0, n)).strip() + ")";
        }
    }

    private static long address(Arena arena, @Nullable String text) {
        return text == null ? 0 : Memory.cAddress(arena, text);
    }
}
