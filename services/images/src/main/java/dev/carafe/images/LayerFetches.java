package dev.carafe.images;

import dev.carafe.images.LayerFetch.Source;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.Snapshotter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The layers that are on their way now, each once however many pulls want it, a few at a time.
/// First in, first out: a layer's parent has always started when it waits for it. Thread-safe.
final class LayerFetches {
    private static final long IDLE_SECONDS = 10;

    private final Snapshotter snapshots;
    private final Map<ChainId, LayerFetch> running = new HashMap<>();
    private final ThreadPoolExecutor workers;

    LayerFetches(Snapshotter snapshots) {
        this.snapshots = snapshots;
        this.workers =
                new ThreadPoolExecutor(
                        1,
                        1,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("layer-fetch-", 0).factory());
        workers.allowCoreThreadTimeOut(true);
    }

    /// Starts a layer or joins it where it is on its way already. The layer below must be there or
    /// be `below`.
    ///
    /// @param atATime how many layers may be fetched at a time from now on
    synchronized LayerFetch join(
            Descriptor blob,
            @Nullable ChainId parent,
            Digest diffId,
            @Nullable LayerFetch below,
            Source source,
            PullEvents events,
            int atATime) {
        ChainId layer = ChainId.over(parent, diffId);
        LayerFetch there = running.get(layer);
        if (there != null && !there.canceled() && !there.done().isDone()) {
            there.watch(events);
            return there;
        }
        LayerFetch fetch = new LayerFetch(blob, parent, diffId, below, snapshots, source);
        fetch.watch(events);
        running.put(layer, fetch);
        fetch.done().whenComplete((v, e) -> forget(layer, fetch));
        resize(Math.max(1, atATime));
        workers.execute(fetch);
        return fetch;
    }

    /// Ends a watch, the fetch too when nobody else watches.
    ///
    /// @return true when it ends soon
    synchronized boolean leave(LayerFetch fetch, PullEvents events) {
        return fetch.leave(events);
    }

    private void resize(int size) {
        if (size > workers.getMaximumPoolSize()) {
            workers.setMaximumPoolSize(size);
            workers.setCorePoolSize(size);
        } else {
            workers.setCorePoolSize(size);
            workers.setMaximumPoolSize(size);
        }
    }

    private synchronized void forget(ChainId layer, LayerFetch fetch) {
        running.remove(layer, fetch);
    }
}
