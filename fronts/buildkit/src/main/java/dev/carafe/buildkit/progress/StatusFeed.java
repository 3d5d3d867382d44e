package dev.carafe.buildkit.progress;

import dev.carafe.buildkit.wire.control.StatusResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What happens in one build, for who watches it, from its beginning. Thread-safe.
public final class StatusFeed {
    private static final int MERGED = 500;
    private static final long KEPT_BYTES = 512 << 10;

    private final List<StatusResponse> told = new ArrayList<>();
    private boolean ended;

    public synchronized void tell(StatusResponse what) {
        if (!ended) {
            told.add(what);
            notifyAll();
        }
    }

    /// Lets go of what takes much memory, after the end: who asks later gets the steps without
    /// their output where that was long.
    public synchronized void shrink() {
        if (ended
                && told.stream().mapToLong(StatusResponse::getSerializedSize).sum() > KEPT_BYTES) {
            told.replaceAll(what -> what.toBuilder().clearLogs().build());
        }
    }

    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    /// Hands everything over, as it comes, until the build has ended. Blocks.
    public void follow(Consumer<StatusResponse> watcher) throws InterruptedException {
        int next = 0;
        while (true) {
            List<StatusResponse> fresh;
            synchronized (this) {
                while (next == told.size() && !ended) {
                    wait();
                }
                if (next == told.size()) {
                    return;
                }
                fresh = List.copyOf(told.subList(next, Math.min(told.size(), next + MERGED)));
            }
            next += fresh.size();
            StatusResponse.Builder all = StatusResponse.newBuilder();
            fresh.forEach(all::mergeFrom);
            watcher.accept(all.build());
        }
    }
}
