package dev.carafe.snapshots;

import dev.carafe.base.Background;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.snapshots.tree.TreeRemover;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Removes directories of the store's `tmp` in the background, one after the other. What is left at
/// {@link #close} waits in `tmp` for the next opening.
final class Trash implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Trash.class.getName());

    private final Path folder;

    /// Of this opening: an earlier one may have left something.
    private final String prefix = UUID.randomUUID() + "-";

    private final AtomicLong places = new AtomicLong();
    private final Background background = new Background("carafe-trash");
    private volatile boolean closed;

    /// @param folder exists
    Trash(Path folder) {
        this.folder = folder;
    }

    /// A new name in the folder that nothing has.
    Path newPlace() {
        return folder.resolve(prefix + places.incrementAndGet());
    }

    /// Removes a directory of the folder soon.
    void add(Path place) {
        background.add(() -> removeNow(place));
    }

    /// Removes a directory of the folder before it returns.
    void removeNow(Path place) {
        String name = place.getFileName().toString();
        try (Fd top =
                FileSystem.open(folder.toString(), FileSystem.O_RDONLY | FileSystem.O_DIRECTORY)) {
            Runnable release = SizeLimit.release(top, StoreLayout.upper(Path.of(name)));
            if (TreeRemover.remove(top, name, () -> closed)) {
                release.run();
            }
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
        closed = true;
        background.abandon();
    }
}
