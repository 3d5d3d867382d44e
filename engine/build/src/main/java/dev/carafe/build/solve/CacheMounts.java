package dev.carafe.build.solve;

import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.build.dockerfile.RunMount.Sharing;
import dev.carafe.build.files.Chown;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// The folders of `RUN --mount=type=cache`: one an id, kept from build to build.
final class CacheMounts {
    /// One permit a folder that only one step at a time may use.
    private static final Map<Path, Semaphore> LOCKS = new ConcurrentHashMap<>();

    private CacheMounts() {}

    /// The folder of an id, made when missing.
    static Path folder(Path mounts, String id, Chown owner, int mode) {
        String name = Digest.of(id.getBytes(StandardCharsets.UTF_8)).hex();
        Path folder = mounts.resolve("cache").resolve(name);
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                try (Fd made = FileSystem.open(folder.toString(), FileSystem.O_DIRECTORY)) {
                    FileSystem.fchown(made, owner.uid(), owner.gid());
                    FileSystem.fchmod(made, mode);
                }
            }
            return folder;
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "make a cache mount: " + e.getMessage(), e);
        }
    }

    /// Waits until the step may use the folder. A private one is taken for a locked one: the next
    /// step waits instead of beginning with nothing.
    ///
    /// @return to be run after the step
    static Runnable use(Path folder, Sharing sharing) {
        if (sharing == Sharing.SHARED) {
            return () -> {};
        }
        Semaphore lock = LOCKS.computeIfAbsent(folder, f -> new Semaphore(1));
        lock.acquireUninterruptibly();
        return lock::release;
    }
}
