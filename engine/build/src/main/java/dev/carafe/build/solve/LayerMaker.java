package dev.carafe.build.solve;

import dev.carafe.base.Ids;
import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.build.files.Chmod;
import dev.carafe.build.files.Chown;
import dev.carafe.build.files.Target;
import dev.carafe.images.LayerHold;
import dev.carafe.linux.Directories;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.snapshots.AppliedLayer;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.RootMount;
import dev.carafe.snapshots.Snapshotter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes layers of what was written to a root.
final class LayerMaker {
    private static final int DIRECTORY = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;
    private static final int BUFFER = 1 << 16;

    private final Snapshotter snapshots;
    private final LayerHold hold;
    private final @Nullable Instant epoch;
    private final boolean keepsEmpty;

    /// @param epoch SOURCE_DATE_EPOCH: no file of a layer is younger; null for none
    /// @param keepsEmpty whether what changed nothing makes a layer without files, as with BuildKit
    LayerMaker(Snapshotter snapshots, LayerHold hold, @Nullable Instant epoch, boolean keepsEmpty) {
        this.snapshots = snapshots;
        this.hold = hold;
        this.epoch = epoch;
        this.keepsEmpty = keepsEmpty;
    }

    /// Lets `work` write to a root over the chain.
    ///
    /// @param owner of directories made on the way; null for root
    /// @param mode of directories made on the way; null for 0755
    /// @return null when it changed nothing, and such layers are not kept
    @Nullable AppliedLayer make(
            @Nullable ChainId parent,
            @Nullable Chown owner,
            @Nullable Chmod mode,
            Consumer<Target> work) {
        String key = "build-" + Ids.shortId(Ids.random());
        snapshots.prepare(key, parent);
        try {
            try (RootMount root = snapshots.mount(key)) {
                work.accept(new Target(root.mount(), owner, mode, epoch));
            }
            return isNothing(key) ? null : committed(key, parent);
        } finally {
            snapshots.discard(key);
        }
    }

    /// Makes a layer of what the root with this key changed; null when that is nothing, and such
    /// layers are not kept.
    @Nullable AppliedLayer layer(String key, @Nullable ChainId parent) {
        return isNothing(key) ? null : copied(key, parent);
    }

    private boolean isNothing(String key) {
        try (Fd upper = FileSystem.open(snapshots.dirs(key).upper().toString(), DIRECTORY)) {
            return !keepsEmpty && Directories.list(upper).isEmpty();
        }
    }

    /// The root itself as the layer. With an epoch the layer has other times than the root.
    private AppliedLayer committed(String key, @Nullable ChainId parent) {
        Optional<AppliedLayer> layer = epoch == null ? snapshots.commit(key) : Optional.empty();
        layer.ifPresent(made -> hold.keep(made.chainId()));
        return layer.orElseGet(() -> copied(key, parent));
    }

    private AppliedLayer copied(String key, @Nullable ChainId parent) {
        try {
            Pipe pipe = Pipe.open();
            CompletableFuture<Void> writing = new CompletableFuture<>();
            Thread.ofVirtual().name("layer of " + key).start(() -> write(key, pipe, writing));
            try (InputStream in = Channels.newInputStream(pipe.source())) {
                AppliedLayer layer = snapshots.apply(parent, in);
                writing.join();
                hold.keep(layer.chainId());
                return layer;
            }
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "make a layer: " + e.getMessage(), e);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void write(String key, Pipe pipe, CompletableFuture<Void> done) {
        try (OutputStream out =
                new BufferedOutputStream(Channels.newOutputStream(pipe.sink()), BUFFER)) {
            snapshots.diff(key, out, Set.of(), epoch);
            out.flush();
            done.complete(null);
        } catch (IOException | RuntimeException e) {
            done.completeExceptionally(
                    e instanceof RuntimeException r
                            ? r
                            : new Internal(Subject.NONE, "make a layer: " + e.getMessage(), e));
        }
    }
}
