package dev.carafe.engine.commit;

import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.engine.changes.MadePlaces;
import dev.carafe.snapshots.AppliedLayer;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.Snapshotter;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The writable layer of a container as a layer of an image.
public final class CommitLayer {
    private static final int PIPE_BYTES = 1 << 18;

    private CommitLayer() {}

    /// Empty when the container changed nothing.
    ///
    /// @param parent the chain that the container stands on
    public static Optional<AppliedLayer> make(
            Snapshotter snapshots, String container, @Nullable ChainId parent) {
        if (snapshots.changes(container, MadePlaces.PATHS).isEmpty()) {
            return Optional.empty();
        }
        try (PipedInputStream in = new PipedInputStream(PIPE_BYTES)) {
            PipedOutputStream out = new PipedOutputStream(in);
            CompletableFuture<Void> written = new CompletableFuture<>();
            Thread.ofVirtual()
                    .name("commit-" + container)
                    .start(() -> write(snapshots, container, out, written));
            AppliedLayer layer;
            try {
                layer = snapshots.apply(parent, in);
            } finally {
                in.close();
            }
            written.join();
            return Optional.of(layer);
        } catch (IOException e) {
            throw new Internal(
                    new Subject("container", container), "make a layer: " + e.getMessage(), e);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static void write(
            Snapshotter snapshots,
            String container,
            PipedOutputStream out,
            CompletableFuture<Void> written) {
        // closed without the archive's end when it fails: the reader must not take it for whole
        try (out) {
            snapshots.diff(container, out, MadePlaces.PATHS);
            written.complete(null);
        } catch (IOException | RuntimeException e) {
            written.completeExceptionally(e);
        }
    }
}
