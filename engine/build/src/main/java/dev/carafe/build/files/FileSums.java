package dev.carafe.build.files;

import dev.carafe.linux.Stat;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What the contents of a folder's files add up to, kept from one build to the next: a file is
/// known by its inode, and is the same while its size and the time of its last change of any kind
/// (ctime, which nobody can set) are. A file that changed only just before it was read is not
/// remembered: another change may have the same time then. For one folder on one file system.
/// Thread-safe.
public final class FileSums {
    /// Coarser than any clock of a kernel (10 ms).
    private static final Duration TICK = Duration.ofMillis(100);

    /// Where a file system keeps whole seconds only.
    private static final Duration SECONDS = Duration.ofSeconds(2);

    /// Some 140 bytes each.
    private static final int MOST = 100_000;

    private final Map<Long, Known> byInode = new ConcurrentHashMap<>();

    private record Known(Instant changed, long size, byte[] sum) {}

    /// @return null when it has to be read
    byte @Nullable [] find(Stat file) {
        Known known = byInode.get(file.inode());
        return known != null
                        && known.size() == file.size()
                        && known.changed().equals(file.changed())
                ? known.sum()
                : null;
    }

    /// @param file as it was before it was read
    /// @param begun when the reading began, after that
    void learn(Stat file, Instant begun, byte[] sum) {
        Duration unsafe = file.changed().getNano() == 0 ? SECONDS : TICK;
        if (file.changed().isBefore(begun.minus(unsafe)) && byInode.size() < MOST) {
            byInode.put(file.inode(), new Known(file.changed(), file.size(), sum));
        } else {
            byInode.remove(file.inode());
        }
    }
}
