package dev.carafe.runtime;

import dev.carafe.linux.Fd;
import org.jspecify.annotations.Nullable;

/// Our ends of a container's standard streams. All are non-blocking. With a terminal `stdin` and
/// `stdout` are two descriptors of its master and `stderr` is null; at the end of a terminal
/// reading fails with EIO. The monitor holds the same open files, so nothing in them is lost when
/// this process dies; therefore a stream's end is seen only where the *container's* ends are all
/// closed.
///
/// @param stdin null when the container's stdin is /dev/null; to end it, close it and call {@link
///   ContainerHandle#closeStdin}
/// @param errJournal null with a terminal
public record Stdio(
        @Nullable Fd stdin,
        Fd stdout,
        @Nullable Fd stderr,
        JournalPipe outJournal,
        @Nullable JournalPipe errJournal)
        implements AutoCloseable {
    @Override
    public void close() {
        for (AutoCloseable each :
                new @Nullable AutoCloseable[] {stdin, stdout, stderr, outJournal, errJournal}) {
            try {
                if (each != null) {
                    each.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
