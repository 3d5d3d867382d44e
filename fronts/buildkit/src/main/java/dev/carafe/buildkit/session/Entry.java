package dev.carafe.buildkit.session;

import dev.carafe.build.context.ContextEntry;
import dev.carafe.buildkit.wire.packet.Stat;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import java.time.Instant;

/// What the wire says of a file. The mode has the bits of Go's `os.FileMode`.
public final class Entry {
    private static final int DIRECTORY = 1 << 31;
    private static final int SYMLINK = 1 << 27;
    private static final int OTHER = 1 << 26 | 1 << 25 | 1 << 24 | 1 << 21 | 1 << 19;
    private static final int SETUID = 1 << 23;
    private static final int SETGID = 1 << 22;
    private static final int STICKY = 1 << 20;

    private Entry() {}

    static ContextEntry of(Stat stat) {
        int mode = stat.getMode();
        return new ContextEntry(
                stat.getPath(),
                kind(mode, stat.getLinkname()),
                permissions(mode),
                stat.getSize(),
                Instant.ofEpochSecond(
                        Math.floorDiv(stat.getModTime(), 1_000_000_000L),
                        Math.floorMod(stat.getModTime(), 1_000_000_000L)),
                stat.getLinkname());
    }

    private static ContextEntry.Kind kind(int mode, String link) {
        if ((mode & DIRECTORY) != 0) {
            return ContextEntry.Kind.DIRECTORY;
        }
        if ((mode & SYMLINK) != 0) {
            return ContextEntry.Kind.SYMLINK;
        }
        if ((mode & OTHER) != 0) {
            return ContextEntry.Kind.OTHER;
        }
        return link.isEmpty() ? ContextEntry.Kind.FILE : ContextEntry.Kind.HARD_LINK;
    }

    private static int permissions(int mode) {
        return (mode & 0777)
                | ((mode & SETUID) != 0 ? 04000 : 0)
                | ((mode & SETGID) != 0 ? 02000 : 0)
                | ((mode & STICKY) != 0 ? 01000 : 0);
    }

    /// The other way round.
    ///
    /// @param path that the client knows it by
    /// @param name of it in the folder
    public static Stat.Builder of(Fd folder, String name, String path, dev.carafe.linux.Stat stat) {
        Instant modified = stat.modified();
        Stat.Builder wire =
                Stat.newBuilder()
                        .setPath(path)
                        .setMode(goMode(stat.mode()))
                        .setUid(stat.uid())
                        .setGid(stat.gid())
                        .setSize(stat.isRegular() ? stat.size() : 0)
                        .setModTime(modified.getEpochSecond() * 1_000_000_000L + modified.getNano())
                        .setDevmajor(stat.rdevMajor())
                        .setDevminor(stat.rdevMinor());
        if (stat.isSymlink()) {
            wire.setLinkname(FileSystem.readlinkat(folder, name));
        }
        return wire;
    }

    /// From a mode of the kernel's.
    static int goMode(int mode) {
        int type =
                switch (mode & 0xf000) {
                    case 0x4000 -> DIRECTORY;
                    case 0xa000 -> SYMLINK;
                    case 0x2000 -> 1 << 26 | 1 << 21;
                    case 0x6000 -> 1 << 26;
                    case 0x1000 -> 1 << 25;
                    case 0xc000 -> 1 << 24;
                    default -> 0;
                };
        return type
                | (mode & 0777)
                | ((mode & 04000) != 0 ? SETUID : 0)
                | ((mode & 02000) != 0 ? SETGID : 0)
                | ((mode & 01000) != 0 ? STICKY : 0);
    }
}
