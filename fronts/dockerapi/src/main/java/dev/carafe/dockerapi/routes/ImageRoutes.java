package dev.carafe.dockerapi.routes;

import dev.carafe.base.Conflict;
import dev.carafe.base.InvalidArgument;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockerapi.wire.Filters;
import dev.carafe.dockerapi.wire.ImageWire;
import dev.carafe.dockermodel.ImageSummary;
import dev.carafe.dockermodel.ImagesPruned;
import dev.carafe.engine.Engine;
import dev.carafe.engine.ImageEvents;
import dev.carafe.engine.PruneEvents;
import dev.carafe.images.Image;
import dev.carafe.images.ImageHistory;
import dev.carafe.images.ImageStore;
import dev.carafe.images.LayerSizes;
import dev.carafe.images.Removal;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// Listing, showing, naming and removing images. What streams archives is in {@link ArchiveRoutes}.
final class ImageRoutes {
    private final ImageStore images;
    private final ContainerUse use;
    private final Replies replies;
    private final Filters filters;
    private final ImageEvents events;
    private final PruneEvents prunes;
    private final ReentrantLock pruning = new ReentrantLock();

    ImageRoutes(Engine engine, Replies replies) {
        this.images = engine.images();
        this.use = new ContainerUse(engine);
        this.events = engine.imageEvents();
        this.prunes = engine.pruneEvents();
        this.replies = replies;
        this.filters = new Filters(replies.json());
    }

    void addTo(Router router) {
        router.get("/images/json", this::list);
        router.post("/images/prune", this::prune);
        router.get("/images/{name*}/json", this::inspect);
        router.get("/images/{name*}/history", this::history);
        router.post("/images/{name*}/tag", this::tag);
        router.delete("/images/{name*}", this::remove);
    }

    private void list(Exchange x) throws IOException {
        ImageFilter filter = new ImageFilter(filters.parse(x.query().text("filters")), images);
        var counts = use.counts();
        List<Image> all = images.list();
        boolean shared = x.version().atLeast(42) && x.query().flag("shared-size");
        LayerSizes sizes = shared ? LayerSizes.of(images, all) : null;
        List<ImageSummary> found =
                all.stream()
                        .filter(shown(all, x.query().flag("all")))
                        .filter(filter)
                        .map(filter::narrowed)
                        .map(i ->
                                ImageWire.measured(
                                        i,
                                        x.version().atLeast(51)
                                                ? counts.getOrDefault(i.id().toString(), 0)
                                                : -1,
                                        sizes == null ? -1 : sizes.sharedBytes(i),
                                        x.version()))
                        .toList();
        replies.ok(x, found);
    }

    /// Images without a name that others were made of are shown when all are asked for.
    private static Predicate<Image> shown(List<Image> images, boolean all) {
        Set<Digest> parents = new HashSet<>();
        images.forEach(image -> parents.add(image.parent()));
        return image -> all || !image.dangling() || !parents.contains(image.id());
    }

    private Image asked(Exchange x) {
        String name = x.parameter("name");
        return images.get(name).on(name, ArchiveRoutes.platform(x));
    }

    private void inspect(Exchange x) throws IOException {
        if (x.query().flag("manifests") && !x.query().text("platform").isEmpty()) {
            throw new InvalidArgument(
                    "conflicting options: manifests and platform options cannot both be set");
        }
        replies.ok(x, ImageWire.inspect(asked(x), x.version()));
    }

    private void history(Exchange x) throws IOException {
        asked(x);
        List<ImageHistory.Item> items = new ImageHistory(images).of(x.parameter("name"));
        replies.ok(x, items.stream().map(ImageWire::history).toList());
    }

    private void tag(Exchange x) throws IOException {
        Image image = images.get(x.parameter("name"));
        ImageReference name = reference(x.query().text("repo"), x.query().text("tag"));
        images.tag(image, name);
        events.tagged(image, name.familiar());
        x.send(201, null, new byte[0]);
    }

    /// A repository and maybe a tag, as two query parameters have them.
    static ImageReference reference(String repository, String tag) {
        ImageReference name = ImageReference.parse(repository);
        if (name.digest() != null) {
            throw new InvalidArgument("refusing to create a tag with a digest reference");
        }
        if (name.familiarName().equals("sha256")) {
            throw new InvalidArgument(
                    "refusing to create an ambiguous tag using digest algorithm as name");
        }
        return (tag.isEmpty() ? name : name.withTag(tag)).withDefaultTag();
    }

    private void remove(Exchange x) throws IOException {
        if (x.parameter("name").isBlank()) {
            throw new InvalidArgument("image name cannot be blank");
        }
        Image image = images.get(x.parameter("name"));
        List<Image> before = withParents(image);
        List<Removal> removed =
                images.remove(
                        x.parameter("name"),
                        x.query().flag("force"),
                        !x.query().flag("noprune"),
                        use);
        if (images.byId(image.id()).isPresent()) {
            events.removed(image, removed);
        } else {
            events.pruned(before, removed);
        }
        replies.ok(x, removed.stream().map(ImageWire::removal).toList());
    }

    private List<Image> withParents(Image image) {
        List<Image> all = new ArrayList<>(List.of(image));
        Digest parent = image.parent();
        while (parent != null) {
            Image next = images.byId(parent).orElse(null);
            if (next == null || all.contains(next)) {
                break;
            }
            all.add(next);
            parent = next.parent();
        }
        return all;
    }

    private void prune(Exchange x) throws IOException {
        var filter = ImageFilter.forPrune(filters.parse(x.query().text("filters")));
        if (!pruning.tryLock()) {
            throw new Conflict("a prune operation is already running");
        }
        try {
            List<Image> before = images.list();
            var pruned = images.prune(filter, use);
            events.pruned(before, pruned.removals());
            var deleted = pruned.removals().stream().map(ImageWire::removal).toList();
            prunes.pruned("image", pruned.spaceReclaimedBytes());
            replies.ok(
                    x,
                    new ImagesPruned(
                            deleted.isEmpty() ? null : deleted, pruned.spaceReclaimedBytes()));
        } finally {
            pruning.unlock();
        }
    }
}
