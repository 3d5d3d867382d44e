package dev.carafe.linux;

import java.lang.foreign.MemorySegment;
import java.time.Instant;

/// What statx(2) says of a file. `mode` holds type and permission bits; `size` is bytes, `blocks`
/// 512-byte units; `rdev` is the number of a device node.
public record Stat(
        int mode,
        int uid,
        int gid,
        long size,
        long blocks,
        int links,
        long inode,
        int devMajor,
        int devMinor,
        int rdevMajor,
        int rdevMinor,
        Instant accessed,
        Instant modified,
        Instant changed,
        long mountId,
        long attributes) {
    public static final int S_IFMT = 0xf000;
    public static final int S_IFSOCK = 0xc000;
    public static final int S_IFLNK = 0xa000;
    public static final int S_IFREG = 0x8000;
    public static final int S_IFBLK = 0x6000;
    public static final int S_IFDIR = 0x4000;
    public static final int S_IFCHR = 0x2000;
    public static final int S_IFIFO = 0x1000;

    private static final long STATX_ATTR_MOUNT_ROOT = 0x2000;

    /// The type bits alone, one of the `S_IF` constants.
    public int type() {
        return mode & S_IFMT;
    }

    /// The permission bits with set-id and sticky, `07777`.
    public int permissions() {
        return mode & 0xfff;
    }

    public boolean isDirectory() {
        return type() == S_IFDIR;
    }

    public boolean isRegular() {
        return type() == S_IFREG;
    }

    public boolean isSymlink() {
        return type() == S_IFLNK;
    }

    public boolean isDevice() {
        return type() == S_IFCHR || type() == S_IFBLK;
    }

    public boolean isMountRoot() {
        return (attributes & STATX_ATTR_MOUNT_ROOT) != 0;
    }

    /// Whether both are the same file.
    public boolean sameFile(Stat other) {
        return inode == other.inode && devMajor == other.devMajor && devMinor == other.devMinor;
    }

    // struct statx, include/uapi/linux/stat.h
    static Stat of(MemorySegment s) {
        return new Stat(
                s.get(Memory.SHORT, 28) & 0xffff,
                s.get(Memory.INT, 20),
                s.get(Memory.INT, 24),
                s.get(Memory.LONG, 40),
                s.get(Memory.LONG, 48),
                s.get(Memory.INT, 16),
                s.get(Memory.LONG, 32),
                s.get(Memory.INT, 136),
                s.get(Memory.INT, 140),
                s.get(Memory.INT, 128),
                s.get(Memory.INT, 132),
                time(s, 64),
                time(s, 112),
                time(s, 96),
                s.get(Memory.LONG, 144),
                s.get(Memory.LONG, 8));
    }

    private static Instant time(MemorySegment s, long offset) {
        return Instant.ofEpochSecond(s.get(Memory.LONG, offset), s.get(Memory.INT, offset + 8));
    }
}
