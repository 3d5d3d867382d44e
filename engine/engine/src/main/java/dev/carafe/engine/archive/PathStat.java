package dev.carafe.engine.archive;

import dev.carafe.linux.Stat;
import java.time.Instant;

/// What stands at a path of a container, itself and not what it links to.
///
/// @param name the last part of the path as asked, `/` and `.` included
/// @param mode type and permission bits as in st_mode
/// @param linkTarget where a symlink leads in the end, absolute in the container; empty for others
public record PathStat(String name, long size, int mode, Instant modified, String linkTarget) {
    static PathStat of(String name, Stat stat, String linkTarget) {
        return new PathStat(name, stat.size(), stat.mode(), stat.modified(), linkTarget);
    }

    public boolean isDirectory() {
        return (mode & Stat.S_IFMT) == Stat.S_IFDIR;
    }
}
