package dev.carafe.dockerapi.routes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.cache.BuildCache;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockerapi.wire.BuildWire;
import dev.carafe.dockerapi.wire.Filters;
import dev.carafe.dockermodel.BuildPruned;
import dev.carafe.engine.PruneEvents;
import java.io.IOException;
import java.util.List;

/// The build cache: `POST /build/prune`, and of our own the cache mounts, `GET /build/mounts`
/// (their ids), `GET /build/mounts/export?id=` and `POST /build/mounts/import?id=` (a tar).
final class BuildCacheRoutes {
    private final BuildCache cache;
    private final PruneEvents events;
    private final Replies replies;
    private final BuildWire wire;
    private final Filters filters;

    BuildCacheRoutes(BuildCache cache, PruneEvents events, Replies replies) {
        this.cache = cache;
        this.events = events;
        this.replies = replies;
        this.wire = new BuildWire(replies.json());
        this.filters = new Filters(replies.json());
    }

    void addTo(Router router) {
        router.post("/build/prune", this::prune);
        router.get("/build/mounts", x -> replies.ok(x, cache.mounts().ids()));
        router.get("/build/mounts/export", this::export);
        router.post("/build/mounts/import", this::restore);
    }

    private void prune(Exchange x) throws IOException {
        BuildCache.Pruned pruned = cache.prune(wire.pruneRules(x.query(), filters));
        events.pruned("builder", pruned.bytes());
        List<String> keys = pruned.keys().isEmpty() ? null : pruned.keys();
        replies.ok(x, new BuildPruned(keys, pruned.bytes()));
    }

    private static String id(Exchange x) {
        String id = x.query().text("id");
        if (id.isEmpty()) {
            throw new InvalidArgument("the id of a cache mount is missing");
        }
        return id;
    }

    private void export(Exchange x) throws IOException {
        String id = id(x);
        try (LazyOutput out = new LazyOutput(() -> x.stream(200, "application/x-tar"))) {
            cache.exportMount(id, out);
            out.whole();
        }
    }

    private void restore(Exchange x) throws IOException {
        cache.importMount(id(x), x.body());
        Replies.empty(x);
    }
}
