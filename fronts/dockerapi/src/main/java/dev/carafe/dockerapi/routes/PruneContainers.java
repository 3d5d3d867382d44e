package dev.carafe.dockerapi.routes;

import dev.carafe.base.Conflict;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.wire.Filters;
import dev.carafe.dockerapi.wire.Moments;
import dev.carafe.dockermodel.ContainersPruned;
import dev.carafe.engine.Engine;
import dev.carafe.engine.ListContainers;
import dev.carafe.engine.view.ContainerSummary;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// `POST /containers/prune`: removes all containers that do not run. One at a time.
final class PruneContainers {
    private static final Set<String> KEYS = Set.of("label", "label!", "until");

    private final Engine engine;
    private final Replies replies;
    private final Filters filters;
    private final ReentrantLock running = new ReentrantLock();

    PruneContainers(Engine engine, Replies replies) {
        this.engine = engine;
        this.replies = replies;
        this.filters = new Filters(replies.json());
    }

    void handle(Exchange x) throws IOException {
        Map<String, Set<String>> wanted = filters.parse(x.query().text("filters"));
        Filters.allow(wanted, KEYS);
        if (!running.tryLock()) {
            throw new Conflict("a prune operation is already running");
        }
        try {
            replies.ok(x, prune(wanted));
        } finally {
            running.unlock();
        }
    }

    private ContainersPruned prune(Map<String, Set<String>> wanted) {
        Instant until = until(wanted);
        Set<String> without = wanted.getOrDefault("label!", Set.of());
        List<String> removed = new ArrayList<>();
        long bytes = 0;
        for (ContainerSummary s : stopped(wanted.getOrDefault("label", Set.of()))) {
            Map<String, String> labels = s.container().config().labels();
            boolean kept = without.stream().anyMatch(l -> ImageFilter.has(labels, l));
            boolean young = until != null && !s.container().created().isBefore(until);
            if (!kept && !young && remove(s.container().id())) {
                removed.add(s.container().id());
                bytes += s.sizes() == null ? 0 : s.sizes().writableBytes();
            }
        }
        engine.pruneEvents().pruned("container", bytes);
        return new ContainersPruned(removed.isEmpty() ? null : removed, bytes);
    }

    private List<ContainerSummary> stopped(Set<String> labels) {
        Map<String, Set<String>> query = new HashMap<>();
        query.put("status", Set.of("created", "exited", "dead"));
        if (!labels.isEmpty()) {
            query.put("label", labels);
        }
        return engine.listContainers().list(new ListContainers.Query(true, 0, true, query));
    }

    /// One that was started or removed meanwhile is no error.
    private boolean remove(String id) {
        try {
            engine.removeContainer().remove(id, false, false);
            return true;
        } catch (Conflict | NotFound e) {
            return false;
        }
    }

    private static @Nullable Instant until(Map<String, Set<String>> wanted) {
        Set<String> values = wanted.getOrDefault("until", Set.of());
        if (values.size() > 1) {
            throw new InvalidArgument("more than one until filter specified");
        }
        return values.isEmpty() ? null : Moments.parse(values.iterator().next());
    }
}
