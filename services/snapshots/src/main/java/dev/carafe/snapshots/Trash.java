package dev.carafe.snapshots;

import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.snapshots.tree.TreeRemover;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Removes directories of the store's `tmp` on a thread of its own, one after the other. The thread
/// exists while there is work. What is left at {@link #close} waits in `tmp` for the next opening.
final class Trash implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Trash.class.getName());
    private static final long CLOSE_MILLIS = 5_000;

    private final Path folder;
    private final Deque<String> names = new ArrayDeque<>();
    private @Nullable Thread worker;
    private volatile boolean closed;

    /// @param folder exists
    Trash(Path folder) {
        this.folder = folder;
    }

    /// A new name in the folder that nothing has.
    Path newPlace() {
        return folder.resolve(UUID.randomUUID().toString());
    }

    /// Removes a directory of the folder soon.
    synchronized void add(Path place) {
        names.add(place.getFileName().toString());
        if (worker == null && !closed) {
            worker = Thread.ofPlatform().daemon().name("carafe-trash").start(this::work);
        }
    }

    /// Removes a directory of the folder before it returns.
    void removeNow(Path place) {
        remove(place.getFileName().toString());
    }

    private void work() {
        for (String name = next(); name != null; name = next()) {
            remove(name);
        }
    }

    private synchronized @Nullable String next() {
        String name = closed ? null : names.poll();
        if (name == null) {
            worker = null;
        }
        return name;
    }

    private void remove(String name) {
        try (Fd top =
                FileSystem.open(folder.toString(), FileSystem.O_RDONLY | FileSystem.O_DIRECTORY)) {
            TreeRemover.remove(top, name, () -> closed);
        } catch (ErrnoException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "could not remove {0}/{1}: {2}",
                    folder,
                    name,
                    e.getMessage());
        }
    }

    /// Ends the work under way within seconds.
    @Override
    public void close() {
        Thread busy;
        synchronized (this) {
            closed = true;
            busy = worker;
        }
        try {
            if (busy != null) {
                busy.join(CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
