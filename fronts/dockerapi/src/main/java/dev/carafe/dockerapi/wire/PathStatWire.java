package dev.carafe.dockerapi.wire;

import dev.carafe.dockermodel.DockerJson;
import dev.carafe.engine.archive.PathStat;
import dev.carafe.linux.Stat;
import java.util.Base64;

/// `X-Docker-Container-Path-Stat`: JSON in base64, with a mode as Go's io/fs.FileMode has it.
public final class PathStatWire {
    private static final long SET_UID = 1L << 23;
    private static final long SET_GID = 1L << 22;
    private static final long STICKY = 1L << 20;

    private PathStatWire() {}

    public static String header(PathStat stat, DockerJson json) {
        return Base64.getEncoder()
                .encodeToString(
                        json.write(
                                new dev.carafe.dockermodel.PathStat(
                                        stat.name(),
                                        stat.size(),
                                        goMode(stat.mode()),
                                        Times.nano(stat.modified()),
                                        stat.linkTarget())));
    }

    /// The bits of st_mode where Go has them.
    static long goMode(int mode) {
        long type =
                switch (mode & Stat.S_IFMT) {
                    case Stat.S_IFDIR -> 1L << 31;
                    case Stat.S_IFLNK -> 1L << 27;
                    case Stat.S_IFBLK -> 1L << 26;
                    case Stat.S_IFIFO -> 1L << 25;
                    case Stat.S_IFSOCK -> 1L << 24;
                    case Stat.S_IFCHR -> 1L << 26 | 1L << 21;
                    default -> 0;
                };
        return type
                | mode & 0777
                | ((mode & 04000) != 0 ? SET_UID : 0)
                | ((mode & 02000) != 0 ? SET_GID : 0)
                | ((mode & 01000) != 0 ? STICKY : 0);
    }
}
