package dev.carafe.daemon;

import dev.carafe.base.CarafeException;
import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The containers of builds' steps, one empty file each: containers outlive a daemon that is
/// killed, builds do not. Thread-safe.
final class OpenSteps {
    private static final System.Logger LOG = System.getLogger(OpenSteps.class.getName());

    private final Path folder;
    private final List<String> left;

    /// @param folder made when missing, this one's alone
    OpenSteps(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                this.left = files.map(file -> String.valueOf(file.getFileName())).toList();
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    void begin(String container) {
        try {
            Files.createFile(folder.resolve(container));
        } catch (FileAlreadyExistsException e) {
            throw new IllegalStateException("a step begins twice: " + container, e);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    void end(String container) {
        try {
            Files.deleteIfExists(folder.resolve(container));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Removes the containers that an earlier daemon has left.
    ///
    /// @param remove one of them, running or not; it may be gone
    void sweep(Consumer<String> remove) {
        for (String container : left) {
            try {
                remove.accept(container);
                end(container);
            } catch (CarafeException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "a killed build's container " + container + " stays: " + e.getMessage());
            }
        }
    }

    private static Internal failed(IOException e) {
        return new Internal(
                Subject.NONE, "note the container of a build's step: " + e.getMessage(), e);
    }
}
