package dev.carafe.linux;

import java.lang.foreign.MemorySegment;

/// What statfs(2) says of a file system. Sizes are bytes.
///
/// @param type the magic number, e.g. {@link #OVERLAYFS}
/// @param availableBytes what an ordinary user can still take
public record FileSystemUsage(
        long type,
        long totalBytes,
        long freeBytes,
        long availableBytes,
        long files,
        long freeFiles) {
    public static final long EXT4 = 0xef53;
    public static final long XFS = 0x58465342;
    public static final long BTRFS = 0x9123683eL;
    public static final long TMPFS = 0x01021994;
    public static final long OVERLAYFS = 0x794c7630;
    public static final long CGROUP2 = 0x63677270;

    /// The name Docker shows for the file system below it.
    public String typeName() {
        if (type == EXT4) {
            return "extfs";
        }
        if (type == XFS) {
            return "xfs";
        }
        if (type == BTRFS) {
            return "btrfs";
        }
        if (type == TMPFS) {
            return "tmpfs";
        }
        return type == OVERLAYFS ? "overlayfs" : "<unknown>";
    }

    // struct statfs of 64-bit machines
    static FileSystemUsage of(MemorySegment s) {
        long block = s.get(Memory.LONG, 8);
        return new FileSystemUsage(
                s.get(Memory.LONG, 0),
                s.get(Memory.LONG, 16) * block,
                s.get(Memory.LONG, 24) * block,
                s.get(Memory.LONG, 32) * block,
                s.get(Memory.LONG, 40),
                s.get(Memory.LONG, 48));
    }
}
