package dev.carafe.dockerapi.routes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.BuildImage;
import dev.carafe.build.cache.CacheItem;
import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockerapi.wire.BuildWire;
import dev.carafe.dockerapi.wire.ImageWire;
import dev.carafe.dockerapi.wire.VolumeWire;
import dev.carafe.dockermodel.DiskUsage;
import dev.carafe.dockermodel.ImageSummary;
import dev.carafe.dockermodel.StoreCheck;
import dev.carafe.dockermodel.Volume;
import dev.carafe.engine.Engine;
import dev.carafe.engine.ListContainers;
import dev.carafe.images.CheckStore;
import dev.carafe.images.Image;
import dev.carafe.images.ImageStore;
import dev.carafe.images.LayerSizes;
import dev.carafe.images.StoreReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What takes how much disk (`GET /system/df`), and whether it fits together (`POST /carafe/fsck`,
/// ours).
final class DiskRoutes {
    private static final Set<String> OBJECTS =
            Set.of("container", "image", "volume", "build-cache");

    private final Engine engine;
    private final BuildImage builds;
    private final ImageStore images;
    private final Summaries summaries;
    private final Replies replies;

    DiskRoutes(Engine engine, BuildImage builds, Summaries summaries, Replies replies) {
        this.engine = engine;
        this.builds = builds;
        this.images = engine.images();
        this.summaries = summaries;
        this.replies = replies;
    }

    void addTo(Router router) {
        router.get("/system/df", this::diskUsage);
        router.post("/carafe/fsck", this::check);
    }

    /// With `repair` what can be mended is; with `deep` every byte is read.
    private void check(Exchange x) throws IOException {
        StoreReport report =
                new CheckStore(images, new ContainerUse(engine))
                        .check(
                                new CheckStore.Request(
                                        x.query().flag("deep"), x.query().flag("repair")));
        replies.ok(
                x,
                new StoreCheck(
                        report.clean(),
                        report.images(),
                        report.layers(),
                        report.blobs(),
                        report.faults().stream()
                                .map(f -> new StoreCheck.Fault(f.subject(), f.text(), f.repaired()))
                                .toList()));
    }

    private void diskUsage(Exchange x) throws IOException {
        List<String> types = x.query().all("type");
        for (String type : types) {
            if (!OBJECTS.contains(type)) {
                throw new InvalidArgument("unknown object type: " + type);
            }
        }
        boolean withImages = wanted(types, "image");
        List<Image> all = withImages ? images.list() : List.of();
        List<CacheItem> cache = wanted(types, "build-cache") ? builds.cache().items() : List.of();
        LayerSizes sizes = LayerSizes.of(images, all);
        replies.ok(
                x,
                new DiskUsage(
                        sizes.totalBytes(),
                        withImages ? images(all, sizes, x.version()) : null,
                        wanted(types, "container")
                                ? summaries.containers(
                                        engine.listContainers()
                                                .list(
                                                        new ListContainers.Query(
                                                                true, 0, true, Map.of())),
                                        x.version())
                                : null,
                        wanted(types, "volume") ? volumes() : null,
                        wanted(types, "build-cache")
                                ? BuildWire.items(cache, !x.version().before(42))
                                : null,
                        cache.stream().mapToLong(CacheItem::ownBytes).sum()));
    }

    private static boolean wanted(List<String> types, String type) {
        return types.isEmpty() || types.contains(type);
    }

    private List<ImageSummary> images(List<Image> all, LayerSizes sizes, ApiVersion version) {
        Map<String, Integer> counts = new ContainerUse(engine).counts();
        return all.stream()
                .map(i ->
                        ImageWire.measured(
                                i,
                                counts.getOrDefault(i.id().toString(), 0),
                                sizes.sharedBytes(i),
                                version))
                .toList();
    }

    private List<Volume> volumes() {
        return engine.measureVolumes().all().stream()
                .map(m ->
                        VolumeWire.measured(
                                m.volume(),
                                engine.volumes().mountpoint(m.volume().name()),
                                m.users(),
                                m.bytes()))
                .toList();
    }
}
