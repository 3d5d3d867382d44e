package dev.carafe.images;

import dev.carafe.base.Canceled;
import dev.carafe.images.PushProgress.Step;
import dev.carafe.images.state.LayerBlobRecord.Known;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.registry.Publisher;
import dev.carafe.snapshots.LayerInfo;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/// Gets layers into one repository, several at a time: by finding them there, by having the
/// registry take them over from another repository, or by sending them.
final class PushLayers {
    private static final long STEP_NANOS = 100_000_000;

    private final ImageStore store;
    private final ImageReference target;
    private final Publisher publisher;
    private final Packing packing;
    private final AtomicBoolean canceled;
    private final PushProgress progress;

    PushLayers(
            ImageStore store,
            ImageReference target,
            Publisher publisher,
            Packing packing,
            AtomicBoolean canceled,
            PushProgress progress) {
        this.packing = packing;
        this.store = store;
        this.target = target;
        this.publisher = publisher;
        this.canceled = canceled;
        this.progress = progress;
    }

    /// @return the layers as they are in the repository now, lowest first
    List<Descriptor> push(List<LayerInfo> all, int atATime) {
        Map<Digest, LayerInfo> layers = new LinkedHashMap<>();
        all.forEach(layer -> layers.putIfAbsent(layer.diffId(), layer));
        layers.keySet().forEach(diffId -> tell(diffId, Step.PREPARING, 0, 0, ""));
        Map<Digest, CompletableFuture<Descriptor>> jobs = new LinkedHashMap<>();
        AtomicBoolean failed = new AtomicBoolean();
        try (ExecutorService workers =
                Executors.newFixedThreadPool(
                        Math.max(1, Math.min(atATime, layers.size())),
                        Thread.ofPlatform().daemon().name("layer-push-", 0).factory())) {
            layers.forEach((diffId, layer) ->
                    jobs.put(
                            diffId,
                            CompletableFuture.supplyAsync(() -> pushed(layer, failed), workers)));
        }
        List<Descriptor> done = new ArrayList<>();
        for (LayerInfo layer : all) {
            done.add(result(jobs, layer.diffId()));
        }
        return done;
    }

    /// The first real failure is told, not one that follows from it.
    private static Descriptor result(
            Map<Digest, CompletableFuture<Descriptor>> jobs, Digest diffId) {
        try {
            jobs.values().stream()
                    .filter(CompletableFuture::isCompletedExceptionally)
                    .filter(job -> !(job.exceptionNow() instanceof Canceled))
                    .forEach(CompletableFuture::join);
            CompletableFuture<Descriptor> job = jobs.get(diffId);
            if (job == null) {
                throw new IllegalStateException("no such layer: " + diffId);
            }
            return job.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private Descriptor pushed(LayerInfo layer, AtomicBoolean failed) {
        try {
            return pushed(layer, () -> refuseStopped(failed));
        } catch (RuntimeException | Error e) {
            failed.set(true);
            throw e;
        }
    }

    private void refuseStopped(AtomicBoolean failed) {
        if (canceled.get() || failed.get()) {
            throw new Canceled("the push was called off");
        }
    }

    private Descriptor pushed(LayerInfo layer, Runnable check) {
        check.run();
        List<Known> known =
                store.layerBlobs().of(layer.diffId()).stream()
                        .filter(one -> packing.takes(one.blob().mediaType()))
                        .toList();
        Set<Digest> asked = new HashSet<>();
        for (Known candidate : known) {
            Descriptor blob = candidate.blob();
            if (sameRegistry(candidate)
                    && asked.add(blob.digest())
                    && publisher.size(blob.digest()).isPresent()) {
                return done(layer, blob, Step.EXISTS, "");
            }
        }
        for (Known candidate : known) {
            ImageReference from = ImageReference.parse(candidate.repository());
            if (sameRegistry(candidate)
                    && !from.path().equals(target.path())
                    && publisher.mount(candidate.blob().digest(), from)) {
                return done(layer, candidate.blob(), Step.MOUNTED, from.path());
            }
        }
        return sent(layer, check);
    }

    private boolean sameRegistry(Known candidate) {
        return ImageReference.parse(candidate.repository()).domain().equals(target.domain());
    }

    private Descriptor sent(LayerInfo layer, Runnable check) {
        Descriptor blob =
                publisher.upload(
                        packing.mediaType(),
                        () ->
                                new PackedTar(
                                        packing,
                                        out ->
                                                store.snapshots()
                                                        .layerTar(
                                                                layer.chainId(),
                                                                new Watched(out, layer, check))));
        return done(layer, blob, Step.PUSHED, "");
    }

    private Descriptor done(LayerInfo layer, Descriptor blob, Step step, String from) {
        store.layerBlobs().add(layer.diffId(), target.fullName(), blob);
        tell(layer.diffId(), step, 0, 0, from);
        return blob;
    }

    private void tell(Digest diffId, Step step, long current, long total, String from) {
        synchronized (progress) {
            progress.layer(diffId, step, current, total, from);
        }
    }

    /// Counts the plain bytes, and ends the work when nobody wants it any more.
    private final class Watched extends FilterOutputStream {
        private final LayerInfo layer;
        private final Runnable check;
        private long count;
        private long shown;

        Watched(OutputStream out, LayerInfo layer, Runnable check) {
            super(out);
            this.layer = layer;
            this.check = check;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            check.run();
            out.write(bytes, offset, length);
            count += length;
            long now = System.nanoTime();
            if (now - shown > STEP_NANOS || count == layer.tarBytes()) {
                shown = now;
                tell(layer.diffId(), Step.PUSHING, count, layer.tarBytes(), "");
            }
        }
    }
}
