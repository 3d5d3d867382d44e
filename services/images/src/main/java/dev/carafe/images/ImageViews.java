package dev.carafe.images;

import dev.carafe.content.ContentStore;
import dev.carafe.images.state.Catalog;
import dev.carafe.images.state.ImageRecord;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.OciJson;
import dev.carafe.snapshots.ChainId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the images of a catalog look like and consist of. Views are made once and thrown away with
/// every change; configurations stay while their image does. Used under the store's lock.
final class ImageViews {
    private final Catalog catalog;
    private final ContentStore content;
    private final Map<Digest, ImageConfig> configs = new HashMap<>();
    private final Map<Digest, Image> views = new HashMap<>();

    ImageViews(Catalog catalog, ContentStore content) {
        this.catalog = catalog;
        this.content = content;
    }

    /// @throws java.util.NoSuchElementException when the catalog has no such image
    Image image(Digest id) {
        Image view = views.get(id);
        if (view == null) {
            view = newView(id);
            views.put(id, view);
        }
        return view;
    }

    /// @throws dev.carafe.base.NotFound when the configuration is lost
    /// @throws dev.carafe.base.DataLoss when it is damaged
    ImageConfig config(Digest id) {
        return configs.computeIfAbsent(
                id, key -> OciJson.config(content.read(key, ImageStore.MAX_DOCUMENT)));
    }

    /// A name or a record is another now.
    void changed() {
        views.clear();
    }

    /// The image is gone.
    void forget(Digest id) {
        configs.remove(id);
        views.clear();
    }

    /// The layers that images consist of.
    Set<ChainId> layers() {
        Set<ChainId> layers = new HashSet<>();
        catalog.images().forEach(record -> layers.addAll(ImageStore.chain(config(record.id()))));
        return layers;
    }

    /// The uncompressed layers that images consist of.
    Set<Digest> diffIds() {
        Set<Digest> diffIds = new HashSet<>();
        catalog.images().forEach(record -> diffIds.addAll(config(record.id()).rootfs().diffIds()));
        return diffIds;
    }

    /// Configurations and manifests.
    Set<Digest> documents() {
        Set<Digest> documents = new HashSet<>();
        for (ImageRecord record : catalog.images()) {
            documents.add(record.id());
            documents.add(record.manifest().digest());
        }
        return documents;
    }

    private Image newView(Digest id) {
        ImageRecord record = catalog.image(id).orElseThrow();
        ImageConfig config = config(id);
        List<ImageReference> names = catalog.namesOf(id);
        Instant created = config.created();
        return new Image(
                id,
                config,
                familiar(names, name -> name.digest() == null),
                familiar(names, name -> name.digest() != null),
                record.sizeBytes(),
                created == null ? Instant.EPOCH : created,
                record.manifest(),
                ImageStore.chain(config),
                record.lastTagged(),
                known(record.parent()));
    }

    private @Nullable Digest known(@Nullable Digest image) {
        return image != null && catalog.image(image).isPresent() ? image : null;
    }

    private static List<String> familiar(
            List<ImageReference> names, Predicate<ImageReference> which) {
        return names.stream().filter(which).map(ImageReference::familiar).toList();
    }
}
