package dev.carafe.images;

import dev.carafe.base.CarafeException;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.content.ContentStore;
import dev.carafe.content.Lease;
import dev.carafe.images.state.Catalog;
import dev.carafe.images.state.ImageRecord;
import dev.carafe.images.state.LayerBlobs;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.OciJson;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.LayerInfo;
import dev.carafe.snapshots.Snapshotter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The images of one data root and their names.
///
/// ```
/// <root>/images/<hex>.json    what was added, one file an image
/// <root>/names/<hash>.json    one file a name
/// <root>/layers/<hex>.json    what layers are called in registries
/// ```
///
/// The documents themselves are in the content store, the layers in the snapshotter; both belong to
/// this store alone: what no image refers to is garbage there, except that the snapshotter keeps
/// what a container's root stands on. An image is there once its record is written, after all it
/// consists of; it goes with its record, before what it consists of. So a crash leaves at most
/// garbage, which the next open removes.
///
/// Thread-safe; what it announces by returning is durable.
public final class ImageStore {
    private static final System.Logger LOG = System.getLogger(ImageStore.class.getName());

    /// Longest configuration or manifest that is read.
    static final int MAX_DOCUMENT = 8 << 20;

    private final ContentStore content;
    private final Snapshotter snapshots;
    private final Clock clock;
    private final Catalog catalog;
    private final Object lock = new Object();
    private final ImageNames names;
    private final StoreLayers layers;
    private final ImageRemover remover;
    private final LayerBlobs layerBlobs;
    private final ImageViews views;

    /// Opens the store, made when missing; what a crash left half done is removed.
    ///
    /// @param root folder of the names and image records
    public ImageStore(ContentStore content, Snapshotter snapshots, Path root) {
        this(content, snapshots, root, Clock.systemUTC());
    }

    ImageStore(ContentStore content, Snapshotter snapshots, Path root, Clock clock) {
        this.content = content;
        this.snapshots = snapshots;
        this.clock = clock;
        this.catalog = new Catalog(root);
        this.views = new ImageViews(catalog, content);
        this.names = new ImageNames(catalog, views);
        this.layers = new StoreLayers(lock, snapshots, views, new KeptLayers(root.resolve("kept")));
        this.remover = new ImageRemover(catalog, views, content, layers);
        this.layerBlobs = new LayerBlobs(root.resolve("layers"));
        setBrokenAside();
        removeGarbage();
    }

    /// An image whose configuration is lost or damaged must not keep the others from being used.
    private void setBrokenAside() {
        for (ImageRecord record : catalog.images()) {
            try {
                views.config(record.id());
            } catch (CarafeException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "image {0} is left out: {1}; `carafe system fsck --repair` removes it",
                        record.id(),
                        e.text());
                catalog.setAside(record.id());
            }
        }
    }

    /// The image that the text leads to: name, name:tag, name@digest, id, or the beginning of one
    /// id.
    ///
    /// @throws InvalidArgument when the text can be no reference (`invalid reference format`)
    public Optional<Image> find(String refOrIdOrPrefix) {
        synchronized (lock) {
            List<Digest> found = new Lookup(catalog).matches(refOrIdOrPrefix);
            return found.size() == 1
                    ? Optional.of(views.image(found.getFirst()))
                    : Optional.empty();
        }
    }

    /// The same, for who needs one.
    ///
    /// @throws NotFound `No such image: x:latest`, also when an id's beginning fits several
    public Image get(String refOrIdOrPrefix) {
        synchronized (lock) {
            List<Digest> found = new Lookup(catalog).matches(refOrIdOrPrefix);
            if (found.size() == 1) {
                return views.image(found.getFirst());
            }
            String why =
                    found.isEmpty()
                            ? ""
                            : " (ambiguous: the beginning of " + found.size() + " ids)";
            throw new NotFound(
                    new Subject("image", refOrIdOrPrefix),
                    "No such image: " + Lookup.shown(refOrIdOrPrefix) + why);
        }
    }

    public Optional<Image> byId(Digest id) {
        synchronized (lock) {
            return catalog.image(id).map(record -> views.image(id));
        }
    }

    /// Every image, newest first.
    public List<Image> list() {
        synchronized (lock) {
            return catalog.images().stream()
                    .map(record -> views.image(record.id()))
                    .sorted(
                            Comparator.comparing(Image::created)
                                    .reversed()
                                    .thenComparing(Image::id))
                    .toList();
        }
    }

    /// Every tag of the repository; empty when the text is no bare repository name, or there is
    /// none.
    List<ImageReference> namesInRepository(String text) {
        ImageReference name = Lookup.isId(text) ? null : ImageReference.parse(text);
        if (name == null || name.tag() != null || name.digest() != null) {
            return List.of();
        }
        synchronized (lock) {
            return names.inRepository(name);
        }
    }

    /// The image that another one's configuration goes on from: the one with the longest history
    /// and the layers of it that the other begins with.
    public Optional<Image> below(ImageConfig config) {
        synchronized (lock) {
            return catalog.images().stream()
                    .filter(record -> Parents.isBelow(views.config(record.id()), config))
                    .map(record -> views.image(record.id()))
                    .max(
                            Comparator.<Image>comparingInt(i -> i.config().history().size())
                                    .thenComparingInt(i -> i.layers().size())
                                    .thenComparing(Image::created));
        }
    }

    /// The configuration's exact bytes.
    public byte[] configBytes(Image image) {
        return content.read(image.id(), MAX_DOCUMENT);
    }

    /// The manifest's exact bytes.
    public byte[] manifestBytes(Image image) {
        return content.read(image.manifest().digest(), MAX_DOCUMENT);
    }

    /// What is known of the image's layers, lowest first.
    public List<LayerInfo> layers(Image image) {
        return image.layers().stream().map(layers::get).toList();
    }

    /// Gives the image a name, taken away from another image when that had it.
    ///
    /// @param name gets the tag `latest` when it has none
    /// @throws InvalidArgument for a name with a digest
    /// @throws NotFound when the image is gone
    public Loaded tag(Image image, ImageReference name) {
        if (name.digest() != null) {
            throw new InvalidArgument("refusing to create a tag with a digest reference");
        }
        synchronized (lock) {
            ImageRecord record =
                    catalog.image(image.id())
                            .orElseThrow(() ->
                                    new NotFound(
                                            new Subject("image", image.id().toString()),
                                            "No such image: " + image.id()));
            catalog.putImage(record.withLastTagged(clock.instant()));
            return names.give(image.id(), List.of(name.withDefaultTag()));
        }
    }

    /// Adds an image whose layers are there. An image that is there already gets the names only.
    ///
    /// @throws InvalidArgument when the documents do not fit each other
    /// @throws NotFound when a layer is missing
    public Loaded add(NewImage image) {
        ImageConfig config = OciJson.config(image.config());
        if (!OciJson.manifest(image.manifest())
                .config()
                .digest()
                .equals(Digest.of(image.config()))) {
            throw new InvalidArgument("the manifest is another image's");
        }
        Digest id = Digest.of(image.config());
        synchronized (lock) {
            if (catalog.image(id).isPresent()) {
                return names.give(id, image.names());
            }
        }
        try (LayerHold hold = hold()) {
            List<ChainId> chain = chain(config);
            chain.forEach(hold::keep);
            return addDocuments(
                    image, chain.stream().mapToLong(layer -> layers.get(layer).bytes()).sum());
        }
    }

    private Loaded addDocuments(NewImage image, long size) {
        Digest id = Digest.of(image.config());
        Digest manifest = Digest.of(image.manifest());
        Descriptor descriptor =
                Descriptor.of(image.manifestType(), manifest, image.manifest().length);
        boolean added = false;
        try (Lease lease = content.lease()) {
            content.put(lease, image.config());
            content.put(lease, image.manifest());
            synchronized (lock) {
                if (catalog.image(id).isEmpty()) {
                    names.addImage(
                            new ImageRecord(
                                    ImageRecord.VERSION,
                                    id,
                                    descriptor,
                                    size,
                                    clock.instant(),
                                    image.parent()),
                            image.names());
                    added = true;
                }
                return names.give(id, image.names());
            }
        } finally {
            if (!added) {
                synchronized (lock) {
                    remover.removeUnneeded(List.of(id, manifest));
                }
            }
        }
    }

    /// Says what an image was made of.
    void setParent(Digest id, Digest parent) {
        synchronized (lock) {
            catalog.image(id).ifPresent(record -> catalog.putImage(record.withParent(parent)));
            views.changed();
        }
    }

    /// Gives the image the name that a registry has for it now.
    ///
    /// @param name with a digest
    void nameDigest(Image image, ImageReference name) {
        synchronized (lock) {
            if (catalog.image(image.id()).isPresent()) {
                names.give(image.id(), List.of(name));
            }
        }
    }

    /// Removes a name, and the image with it when that was the last one; or the image that an id
    /// leads to (docker's rules).
    ///
    /// @param prune with images that it was made of and that have no name, no user and no other
    ///   child
    /// @throws NotFound `No such image: x:latest`
    /// @throws dev.carafe.base.Conflict with docker's sentence
    public List<Removal> remove(String ref, boolean force, boolean prune, InUse check) {
        synchronized (lock) {
            return remover.remove(get(ref), ref, force, prune, check);
        }
    }

    /// Removes images that no container uses. With tagged ones, images that are in use lose all
    /// tags but the last in order of letters, as in docker.
    public Pruned prune(PruneFilter filter, InUse check) {
        List<Removal> done = new ArrayList<>();
        long freed = 0;
        for (Image image : list()) {
            synchronized (lock) {
                if (!filter.takes(image)
                        || catalog.image(image.id()).isEmpty()
                        || isNeeded(image)) {
                    continue;
                }
                if (check.users(image.id()).isEmpty()) {
                    freed += remover.removeWhole(image, check, done);
                } else {
                    done.addAll(removeSpareTags(image, check));
                }
            }
        }
        return new Pruned(done, freed);
    }

    /// Without a name of its own, but another image was made of it.
    private boolean isNeeded(Image image) {
        return catalog.namesOf(image.id()).isEmpty()
                && catalog.images().stream().anyMatch(r -> image.id().equals(r.parent()));
    }

    private List<Removal> removeSpareTags(Image image, InUse check) {
        List<String> tags = image.repoTags().stream().sorted().toList();
        return tags.stream()
                .limit(Math.max(0, tags.size() - 1))
                .flatMap(tag -> remover.remove(image, tag, false, false, check).stream())
                .toList();
    }

    /// Keeps layers while an image is put together; see {@link LayerHold}.
    public LayerHold hold() {
        return new LayerHold(layers);
    }

    /// Keeps a layer although no image consists of it, also over restarts, until it is let go.
    public void keep(ChainId layer) {
        layers.keep(layer);
    }

    /// Ends {@link #keep}; the layer goes when nothing else needs it.
    public void letGo(ChainId layer) {
        layers.letGo(layer);
    }

    /// The layers that are kept.
    public Set<ChainId> kept() {
        return layers.kept();
    }

    public boolean hasLayer(ChainId layer) {
        return snapshots.exists(layer);
    }

    /// The layers that images consist of.
    public Set<ChainId> layersInUse() {
        return layers.inUse();
    }

    /// The layers that nobody needs; the upper before the lower ones.
    List<ChainId> unusedLayers() {
        return layers.unused();
    }

    private void removeGarbage() {
        synchronized (lock) {
            layers.removeUnused(snapshots.list());
            content.collect(this::documents);
            layerBlobs.keepOnly(views.diffIds());
        }
    }

    /// Removes an image that has lost a part.
    void dropBroken(Digest id) {
        synchronized (lock) {
            views.forget(id);
            new Untagging(catalog, InUse.NOBODY).removeWhole(id, new ArrayList<>());
        }
    }

    Catalog catalog() {
        return catalog;
    }

    Set<Digest> documents() {
        synchronized (lock) {
            return views.documents();
        }
    }

    static List<ChainId> chain(ImageConfig config) {
        List<ChainId> chain = new ArrayList<>();
        for (Digest diffId : config.rootfs().diffIds()) {
            chain.add(ChainId.over(chain.isEmpty() ? null : chain.getLast(), diffId));
        }
        return chain;
    }

    Lookup lookup() {
        return new Lookup(catalog);
    }

    Object lock() {
        return lock;
    }

    ContentStore content() {
        return content;
    }

    Snapshotter snapshots() {
        return snapshots;
    }

    LayerBlobs layerBlobs() {
        return layerBlobs;
    }
}
