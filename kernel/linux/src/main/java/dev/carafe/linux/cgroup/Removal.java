package dev.carafe.linux.cgroup;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Waiting for the kernel with a deadline, and removal as its main use: a process that has ended
/// counts in its group until it is reaped and its last reference is gone, and rmdir answers EBUSY
/// meanwhile.
final class Removal {
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;

    private Removal() {}

    /// @throws ErrnoException EBUSY naming the first directory left at the deadline
    static void remove(List<Directory> directories, Duration deadline) {
        List<Directory> left = new ArrayList<>(directories);
        boolean gone =
                await(
                        deadline,
                        () -> {
                            left.removeIf(Directory::remove);
                            return left.isEmpty();
                        });
        if (!gone) {
            Directory first = left.getFirst();
            throw new ErrnoException(
                    "rmdir", Errno.EBUSY, first.path() + " (processes " + first.pids() + ")");
        }
    }

    /// Asks again and again, with pauses that grow from 0.2 to 20 ms.
    ///
    /// @return false when it was not so at the deadline
    static boolean await(Duration deadline, BooleanSupplier condition) {
        long end = System.nanoTime() + deadline.toNanos();
        long pause = 200_000;
        boolean interrupted = false;
        try {
            while (true) {
                if (condition.getAsBoolean()) {
                    return true;
                }
                if (System.nanoTime() - end >= 0) {
                    return false;
                }
                try {
                    Thread.sleep(Duration.ofNanos(pause));
                } catch (InterruptedException e) {
                    // cleaning up must not stop half way; the caller sees the flag afterwards
                    interrupted = true;
                }
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
