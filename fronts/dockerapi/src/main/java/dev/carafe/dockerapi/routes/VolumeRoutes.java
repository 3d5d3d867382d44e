package dev.carafe.dockerapi.routes;

import dev.carafe.base.Conflict;
import dev.carafe.base.NotFound;
import dev.carafe.base.Unavailable;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockerapi.wire.Filters;
import dev.carafe.dockerapi.wire.VolumeWire;
import dev.carafe.dockermodel.VolumeCreateRequest;
import dev.carafe.dockermodel.VolumeList;
import dev.carafe.dockermodel.VolumesPruned;
import dev.carafe.engine.Engine;
import dev.carafe.engine.ManageVolumes;
import dev.carafe.engine.MeasureVolumes;
import dev.carafe.engine.PruneEvents;
import dev.carafe.engine.Truth;
import dev.carafe.engine.volumes.Volume;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Volumes.
final class VolumeRoutes {
    private static final Set<String> KEYS = Set.of("dangling", "driver", "label", "name");
    private static final Set<String> PRUNE_KEYS = Set.of("all", "label", "label!");
    private static final int ONLY_ANONYMOUS_SINCE = 42;

    private final ManageVolumes volumes;
    private final MeasureVolumes measure;
    private final PruneEvents events;
    private final Replies replies;
    private final Filters filters;
    private final ReentrantLock pruning = new ReentrantLock();

    VolumeRoutes(Engine engine, Replies replies) {
        this.volumes = engine.volumes();
        this.measure = engine.measureVolumes();
        this.events = engine.pruneEvents();
        this.replies = replies;
        this.filters = new Filters(replies.json());
    }

    void addTo(Router router) {
        router.get("/volumes", this::list);
        router.get("/volumes/{name*}", this::inspect);
        router.post("/volumes/create", this::create);
        router.post("/volumes/prune", this::prune);
        router.delete("/volumes/{name*}", this::remove);
        router.put("/volumes/{name*}", this::update);
    }

    private void update(Exchange x) {
        throw new Unavailable(
                "volume update only valid for cluster volumes, but swarm is unavailable");
    }

    private dev.carafe.dockermodel.Volume shown(Volume v) {
        return VolumeWire.write(v, volumes.mountpoint(v.name()));
    }

    private void list(Exchange x) throws IOException {
        Map<String, Set<String>> wanted = filters.parse(x.query().text("filters"));
        Filters.allow(wanted, KEYS);
        wanted.getOrDefault("dangling", Set.of()).forEach(v -> Truth.of("dangling", v));
        var found =
                volumes.list().stream().filter(v -> matches(v, wanted)).map(this::shown).toList();
        replies.ok(x, new VolumeList(found, null));
    }

    private boolean matches(Volume v, Map<String, Set<String>> wanted) {
        Set<String> names = wanted.getOrDefault("name", Set.of());
        Set<String> drivers = wanted.getOrDefault("driver", Set.of());
        Set<String> dangling = wanted.getOrDefault("dangling", Set.of());
        return (names.isEmpty() || names.stream().anyMatch(v.name()::contains))
                && (drivers.isEmpty() || drivers.contains(v.driver()))
                && wanted.getOrDefault("label", Set.of()).stream()
                        .allMatch(l -> ImageFilter.has(v.labels(), l))
                && (dangling.isEmpty() || isTrue(dangling) == volumes.users(v.name()).isEmpty());
    }

    private static boolean isTrue(Set<String> values) {
        return values.contains("true") || values.contains("1");
    }

    private void inspect(Exchange x) throws IOException {
        replies.ok(x, shown(volumes.get(x.parameter("name"))));
    }

    private void create(Exchange x) throws IOException {
        VolumeCreateRequest r =
                replies.body(
                        x,
                        VolumeCreateRequest.class,
                        new VolumeCreateRequest(null, null, null, null));
        Volume made =
                volumes.create(
                        r.name(),
                        r.driver() == null ? "" : r.driver(),
                        r.labels() == null ? Map.of() : r.labels(),
                        r.driverOpts() == null ? Map.of() : r.driverOpts());
        replies.send(x, 201, shown(made));
    }

    private void remove(Exchange x) throws IOException {
        volumes.remove(x.parameter("name"), x.query().flag("force"));
        Replies.noContent(x);
    }

    private void prune(Exchange x) throws IOException {
        Map<String, Set<String>> wanted = filters.parse(x.query().text("filters"));
        Filters.allow(wanted, PRUNE_KEYS);
        boolean all =
                x.version().before(ONLY_ANONYMOUS_SINCE)
                        || isTrue(wanted.getOrDefault("all", Set.of()));
        if (!pruning.tryLock()) {
            throw new Conflict("a prune operation is already running");
        }
        try {
            List<String> removed = new ArrayList<>();
            long bytes = 0;
            for (Volume v : volumes.list()) {
                if ((all || isAnonymous(v))
                        && labelled(v, wanted)
                        && volumes.users(v.name()).isEmpty()) {
                    long size = Math.max(0, measure.bytes(v));
                    if (removeUnused(v.name())) {
                        removed.add(v.name());
                        bytes += size;
                    }
                }
            }
            events.pruned("volume", bytes);
            replies.ok(x, new VolumesPruned(removed.isEmpty() ? null : removed, bytes));
        } finally {
            pruning.unlock();
        }
    }

    /// Also when a client made it with the label that says so, as docker does.
    private static boolean isAnonymous(Volume v) {
        return v.anonymous() || v.labels().containsKey("com.docker.volume.anonymous");
    }

    private static boolean labelled(Volume v, Map<String, Set<String>> wanted) {
        return wanted.getOrDefault("label", Set.of()).stream()
                        .allMatch(l -> ImageFilter.has(v.labels(), l))
                && wanted.getOrDefault("label!", Set.of()).stream()
                        .noneMatch(l -> ImageFilter.has(v.labels(), l));
    }

    private boolean removeUnused(String name) {
        try {
            volumes.remove(name, false);
            return true;
        } catch (Conflict | NotFound e) {
            return false;
        }
    }
}
