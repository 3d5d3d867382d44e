package dev.carafe.cli.archive;

import org.jspecify.annotations.Nullable;

/// One entry of a tar archive.
///
/// @param type of ustar: `0` file, `1` hard link, `2` symlink, `3` and `4` devices, `5` directory,
///   `6` fifo
/// @param size bytes of the file
/// @param stored bytes of it in the archive
/// @param seconds of the last change since 1970
/// @param linkName of links, else empty
/// @param sparse where the stored bytes belong: offset and length in turn; null: from the start
public record TarHead(
        String name,
        char type,
        int mode,
        long uid,
        long gid,
        long size,
        long stored,
        long seconds,
        String linkName,
        long @Nullable [] sparse) {
    public static TarHead of(
            String name, char type, int mode, long size, long seconds, String link) {
        return new TarHead(name, type, mode, 0, 0, size, size, seconds, link, null);
    }

    TarHead owned(long newUid, long newGid) {
        return new TarHead(
                name, type, mode, newUid, newGid, size, stored, seconds, linkName, sparse);
    }

    public boolean isDirectory() {
        return type == '5';
    }
}
