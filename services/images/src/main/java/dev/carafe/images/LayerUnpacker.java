package dev.carafe.images;

import dev.carafe.base.CarafeException;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.images.archive.Compression;
import dev.carafe.oci.Digest;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.Snapshotter;
import dev.carafe.snapshots.UnplacedLayer;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Unpacks layers, each once and side by side; a layer is there only when the one below it is. The
/// first failure stops all. Not thread-safe itself.
final class LayerUnpacker implements AutoCloseable {
    private final Snapshotter snapshots;
    private final LayerHold hold;
    private final LoadProgress progress;
    private final ExecutorService workers;
    private final Map<ChainId, CompletableFuture<Void>> jobs = new HashMap<>();
    private volatile boolean stopped;

    LayerUnpacker(Snapshotter snapshots, LayerHold hold, LoadProgress progress) {
        this.snapshots = snapshots;
        this.hold = hold;
        this.progress = progress;
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);
        this.workers =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().daemon().name("layer-unpack-", 0).factory());
    }

    /// True when the layer is there or on its way; it is kept from now on.
    boolean has(ChainId layer) {
        hold.keep(layer);
        return jobs.containsKey(layer) || snapshots.exists(layer);
    }

    /// Starts a layer that {@link #has} denied. The layer below must be there or on its way.
    void start(@Nullable ChainId parent, Digest diffId, Source source) {
        ChainId layer = ChainId.over(parent, diffId);
        hold.keep(layer);
        UnplacedLayer ready = source.take(layer);
        ChainId twin = ready == null ? source.takenFor() : null;
        // first in, first out: what a job waits for has always started
        Job job =
                new Job(
                        parent,
                        diffId,
                        source,
                        ready,
                        parent == null ? null : jobs.get(parent),
                        twin == null ? null : jobs.get(twin));
        jobs.put(layer, CompletableFuture.runAsync(job, workers));
    }

    /// True when there is no point in going on: {@link #await} tells why.
    boolean failed() {
        return stopped;
    }

    /// Returns when all that was started is there.
    ///
    /// @throws CarafeException the first failure
    void await() {
        RuntimeException first = null;
        for (CompletableFuture<Void> job : jobs.values()) {
            try {
                job.join();
            } catch (CompletionException | CancellationException e) {
                stopped = true;
                RuntimeException cause = e.getCause() instanceof RuntimeException inner ? inner : e;
                first = first == null || first instanceof Stopped ? cause : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    @Override
    public void close() {
        stopped = true;
        workers.close();
    }

    /// A stored layer, maybe compressed.
    interface Source {
        /// The stored bytes; the caller closes the stream.
        InputStream open() throws IOException;

        /// How many stored bytes there are.
        long size();

        /// The layer when it is unpacked already, for this chain; null when it is not, or was taken
        /// before.
        default @Nullable UnplacedLayer take(ChainId chain) {
            return null;
        }

        /// The chain that took it: {@link #open} works when that is there.
        default @Nullable ChainId takenFor() {
            return null;
        }
    }

    private static final class Stopped extends RuntimeException {
        Stopped() {
            super("another layer failed");
        }
    }

    private final class Job implements Runnable {
        private final @Nullable ChainId parent;
        private final Digest diffId;
        private final Source source;
        private final @Nullable UnplacedLayer ready;
        private final @Nullable CompletableFuture<Void> below;
        private final @Nullable CompletableFuture<Void> twin;
        private @Nullable WatchedStream reading;

        Job(
                @Nullable ChainId parent,
                Digest diffId,
                Source source,
                @Nullable UnplacedLayer ready,
                @Nullable CompletableFuture<Void> below,
                @Nullable CompletableFuture<Void> twin) {
            this.parent = parent;
            this.diffId = diffId;
            this.source = source;
            this.ready = ready;
            this.below = below;
            this.twin = twin;
        }

        @Override
        public void run() {
            try {
                if (ready == null) {
                    unpack();
                } else {
                    place(ready);
                }
            } catch (IOException e) {
                stopped = true;
                throw damaged(e);
            } catch (RuntimeException e) {
                stopped = true;
                IOException broken = reading == null ? null : reading.broken();
                throw broken == null ? e : damaged(broken);
            }
        }

        private void unpack() throws IOException {
            await(twin);
            try (InputStream stored = source.open();
                    WatchedStream plain =
                            new WatchedStream(
                                    Compression.plain(new WatchedStream(stored, this::count)))) {
                reading = plain;
                snapshots.apply(parent, plain, diffId, () -> await(below));
            }
        }

        private void place(UnplacedLayer layer) {
            if (!layer.diffId().equals(diffId)) {
                throw new InvalidArgument(
                        new Subject("layer", diffId.toString()),
                        "layer digest mismatch: expected " + diffId + ", got " + layer.diffId());
            }
            layer.place(parent, () -> await(below));
            progress.layer(diffId, source.size(), source.size());
        }

        /// The other was started before this one, so it has a thread or is done.
        private static void await(@Nullable CompletableFuture<Void> other) {
            try {
                if (other != null) {
                    other.join();
                }
            } catch (CompletionException | CancellationException e) {
                throw new Stopped();
            }
        }

        private InvalidArgument damaged(IOException e) {
            return new InvalidArgument(
                    new Subject("layer", diffId.toString()),
                    "layer " + diffId + ": " + e.getMessage(),
                    e);
        }

        /// Ends the unpacking when another layer failed.
        private void count(long done) {
            if (stopped) {
                throw new Stopped();
            }
            progress.layer(diffId, done, source.size());
        }
    }
}
