package dev.carafe.snapshots;

import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.ProjectQuotas;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/// Bounds what can be written below directories, by a project of their own in the file system's
/// quotas: ext4 and xfs, mounted with `prjquota`.
///
/// Nothing is remembered here: directories carry their project's number, the file system the bound.
/// Numbers are random, so that others who use projects of the same file system need not be asked.
public final class SizeLimit {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TRIES = 16;
    private static final int OPEN =
            FileSystem.O_RDONLY | FileSystem.O_DIRECTORY | FileSystem.O_NOFOLLOW;

    /// Below it are the numbers that people give out by hand, in projid(5).
    private static final int LOWEST = 1 << 20;

    private SizeLimit() {}

    /// Whether the file system of an existing directory can do it.
    public static boolean isPossible(Path dir) {
        try (Fd fd = open(dir)) {
            return ProjectQuotas.enforced(fd);
        } catch (ErrnoException e) {
            return false;
        }
    }

    /// Bounds empty directories of one file system together. What is made in them counts, whoever
    /// makes it; on ext4 programs with CAP_SYS_RESOURCE (those of privileged containers) go beyond
    /// the bound in a volume, though not in an overlay.
    ///
    /// @throws ErrnoException where it is not possible
    public static void set(List<Path> dirs, long bytes) {
        try (Fd first = open(dirs.getFirst())) {
            int project = unused(first);
            ProjectQuotas.setLimit(first, project, bytes);
            for (Path dir : dirs) {
                try (Fd fd = open(dir)) {
                    ProjectQuotas.join(fd, project);
                }
            }
        }
    }

    /// The bound of a directory in bytes; 0 for none.
    public static long of(Path dir) {
        try (Fd fd = open(dir)) {
            int project = ProjectQuotas.project(fd);
            return project == 0
                    ? 0
                    : ProjectQuotas.limit(fd, project)
                            .map(ProjectQuotas.Limit::limitBytes)
                            .orElse(0L);
        }
    }

    /// What is to be done once a directory has been removed: its project's number is free again.
    /// Does nothing for one without a bound, or that is not there.
    ///
    /// @param top an open directory that stays
    /// @param dir below it
    public static Runnable release(Fd top, Path dir) {
        try (Fd fd = FileSystem.openat(top, dir.toString(), OPEN, 0)) {
            int project = ProjectQuotas.project(fd);
            return project == 0 ? () -> {} : () -> ProjectQuotas.setLimit(top, project, 0);
        } catch (ErrnoException e) {
            return () -> {};
        }
    }

    private static int unused(Fd dir) {
        for (int i = 0; i < TRIES; i++) {
            int project = RANDOM.nextInt(LOWEST, Integer.MAX_VALUE);
            boolean free =
                    ProjectQuotas.limit(dir, project)
                            .map(l -> l.limitBytes() == 0 && l.usedBytes() == 0)
                            .orElse(true);
            if (free) {
                return project;
            }
        }
        throw new IllegalStateException("no project number of the quotas is free");
    }

    private static Fd open(Path dir) {
        return FileSystem.open(dir.toString(), OPEN);
    }
}
