package dev.carafe.linux;

/// A name in a directory.
///
/// @param type a DT_ value of readdir(3); {@link #UNKNOWN} where the file system does not tell:
///   then ask statx
public record DirectoryEntry(String name, long inode, int type) {
    public static final int UNKNOWN = 0;
    public static final int DIRECTORY = 4;
    public static final int REGULAR = 8;
    public static final int SYMLINK = 10;

    public boolean isDirectory() {
        return type == DIRECTORY;
    }
}
