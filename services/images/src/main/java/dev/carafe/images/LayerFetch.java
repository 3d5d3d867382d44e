package dev.carafe.images;

import dev.carafe.base.BulkInput;
import dev.carafe.base.Canceled;
import dev.carafe.base.CarafeException;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.ResourceExhausted;
import dev.carafe.base.Subject;
import dev.carafe.images.PullProgress.Step;
import dev.carafe.images.archive.Compression;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.registry.BlobStream;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.Snapshotter;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One layer on its way from a registry to the disk: downloaded, verified, decompressed and
/// unpacked at once, so nothing is stored in between. Any number of pulls watch it; when the last
/// one leaves, it is given up.
final class LayerFetch implements Runnable {
    private static final int DRAIN = 16 << 10;

    private final Descriptor blob;
    private final @Nullable ChainId parent;
    private final Digest diffId;
    private final @Nullable LayerFetch below;
    private final Snapshotter snapshots;
    private final Source source;
    private final List<PullEvents> watchers = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final CompletableFuture<Void> canceled = new CompletableFuture<>();
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile @Nullable BlobStream stream;
    private volatile @Nullable IOException broken;

    /// Where the blob comes from.
    interface Source {
        BlobStream open(Descriptor blob);

        RuntimeException failed(IOException failure);
    }

    /// @param below the fetch of the layer under it; null when that is there
    LayerFetch(
            Descriptor blob,
            @Nullable ChainId parent,
            Digest diffId,
            @Nullable LayerFetch below,
            Snapshotter snapshots,
            Source source) {
        this.blob = blob;
        this.parent = parent;
        this.diffId = diffId;
        this.below = below;
        this.snapshots = snapshots;
        this.source = source;
    }

    ChainId layer() {
        return ChainId.over(parent, diffId);
    }

    /// Completes when the layer is there, or with why it never will be.
    CompletableFuture<Void> done() {
        return done;
    }

    boolean canceled() {
        return canceled.isDone();
    }

    void watch(PullEvents events) {
        watchers.add(events);
        done.whenComplete((v, e) -> events.wake());
    }

    /// Ends a watch.
    ///
    /// @return true when that was the last one: the fetch ends soon, its caller waits for it
    boolean leave(PullEvents events) {
        watchers.remove(events);
        if (!watchers.isEmpty()) {
            return false;
        }
        cancel();
        return true;
    }

    private void cancel() {
        canceled.complete(null);
        if (begun.compareAndSet(false, true)) {
            done.completeExceptionally(new Canceled("the pull was called off"));
        }
        BlobStream open = stream;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void run() {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        try {
            fetch();
            tell(Step.COMPLETE, 0);
            done.complete(null);
        } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
    }

    private void fetch() {
        if (snapshots.exists(layer())) {
            return;
        }
        try (BlobStream in = source.open(blob)) {
            stream = in;
            refuseCanceled();
            Counted stored = new Counted(in);
            try (InputStream plain = Compression.plain(stored)) {
                snapshots.apply(parent, new Whole(plain, stored), diffId, this::awaitParent);
            }
        } catch (IOException e) {
            throw failed(e);
        } catch (ResourceExhausted e) {
            throw new ResourceExhausted(
                    new Subject("layer", blob.digest().toString()),
                    "failed to register layer: " + e.text(),
                    e);
        } catch (RuntimeException e) {
            IOException first = broken;
            throw first == null ? e : failed(first);
        }
    }

    private void refuseCanceled() {
        if (canceled.isDone()) {
            throw new Canceled("the pull was called off");
        }
    }

    private RuntimeException failed(IOException e) {
        refuseCanceled();
        if (e instanceof Damaged) {
            return new InvalidArgument(
                    new Subject("layer", blob.digest().toString()),
                    "failed to register layer: " + e.getMessage(),
                    e);
        }
        return source.failed(e);
    }

    private void awaitParent() {
        if (below == null) {
            return;
        }
        try {
            CompletableFuture.anyOf(below.done, canceled).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof CarafeException cause ? cause : e;
        }
        refuseCanceled();
    }

    private void tell(Step step, long current) {
        watchers.forEach(watcher -> watcher.tell(blob.digest(), step, current, blob.size()));
    }

    /// What the decompressor made of it is faulty.
    private static final class Damaged extends IOException {
        Damaged(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /// The stored bytes, counted; remembers what went wrong: to the snapshotter it is just a stream
    /// that broke.
    private final class Counted extends BulkInput {
        private final BlobStream in;
        private long count;

        Counted(BlobStream in) {
            this.in = in;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                int n = in.read(bytes, offset, length);
                if (n > 0) {
                    count += n;
                    tell(Step.DOWNLOADING, count);
                } else if (n < 0 && count >= 0) {
                    count = -1;
                    tell(Step.VERIFYING, 0);
                    tell(Step.DOWNLOADED, 0);
                    tell(Step.EXTRACTING, blob.size());
                }
                return n;
            } catch (IOException e) {
                broken = broken == null ? e : broken;
                throw e;
            }
        }

        @Override
        public void close() {
            in.close();
        }
    }

    /// The plain bytes; ends only after the stored ones were read to their verified end, whatever
    /// comes after the compressed part.
    private final class Whole extends BulkInput {
        private final InputStream plain;
        private final Counted stored;

        Whole(InputStream plain, Counted stored) {
            this.plain = plain;
            this.stored = stored;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = decompressed(bytes, offset, length);
            if (count < 0) {
                byte[] waste = new byte[DRAIN];
                while (stored.read(waste, 0, waste.length) >= 0) {
                    continue;
                }
            }
            return count;
        }

        private int decompressed(byte[] bytes, int offset, int length) throws IOException {
            try {
                return plain.read(bytes, offset, length);
            } catch (IOException e) {
                if (broken == null) {
                    broken = new Damaged(e);
                }
                throw e;
            }
        }
    }
}
