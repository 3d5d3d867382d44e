package dev.carafe.engine.container;

import dev.carafe.base.Background;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;

/// Removes folders that nobody looks for any more, one list after the other, in the background.
final class Sweeper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Sweeper.class.getName());
    private final Background background = new Background("carafe-sweep");

    /// Once closed it leaves them to the next start of the daemon.
    ///
    /// @param folders removed in this order; where one can't be, those after it stay too
    void sweep(List<Path> folders) {
        if (!background.add(() -> delete(folders))) {
            LOG.log(Level.DEBUG, "left to the next start of the daemon: {0}", folders);
        }
    }

    private static void delete(List<Path> folders) {
        try {
            for (Path folder : folders) {
                FileTrees.delete(folder);
            }
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "a folder of a removed container stays until the next start of the daemon",
                    e);
        }
    }

    /// Waits for the removals under way, some seconds at most.
    @Override
    public void close() {
        background.close();
    }
}
