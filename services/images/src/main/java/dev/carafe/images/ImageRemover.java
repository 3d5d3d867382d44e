package dev.carafe.images;

import dev.carafe.content.ContentStore;
import dev.carafe.images.state.Catalog;
import dev.carafe.oci.Digest;
import dev.carafe.snapshots.ChainId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Removes images with all that no other image needs. The store's lock is held around it.
final class ImageRemover {
    private final Catalog catalog;
    private final ImageViews views;
    private final ContentStore content;
    private final StoreLayers layers;

    ImageRemover(Catalog catalog, ImageViews views, ContentStore content, StoreLayers layers) {
        this.catalog = catalog;
        this.views = views;
        this.content = content;
        this.layers = layers;
    }

    /// Removes a name, and the image with it when that was the last one; or the image.
    ///
    /// @param ref that leads to the image
    /// @param prune with the images that it was made of, where they are left over
    List<Removal> remove(Image image, String ref, boolean force, boolean prune, InUse check) {
        List<Removal> done = new ArrayList<>();
        try {
            new Untagging(catalog, check).remove(image.id(), ref, force, done);
        } finally {
            views.changed();
        }
        if (catalog.image(image.id()).isEmpty()) {
            done.addAll(removeParts(image));
            if (prune) {
                removeLeftOver(image.parent(), check, done);
            }
        }
        return done;
    }

    private void removeLeftOver(@Nullable Digest parent, InUse check, List<Removal> done) {
        @Nullable Digest at = parent;
        while (at != null && new Untagging(catalog, check).isLeftOver(at)) {
            Image image = views.image(at);
            removeWhole(image, check, done);
            at = image.parent();
        }
    }

    /// Removes the image, whatever names it.
    ///
    /// @param done gets what was removed
    /// @return bytes that were freed
    long removeWhole(Image image, InUse check, List<Removal> done) {
        Map<Removal, Long> sizes = sizes(image);
        long freed = 0;
        new Untagging(catalog, check).removeWhole(image.id(), done);
        for (Removal part : removeParts(image)) {
            freed += sizes.getOrDefault(part, 0L);
            done.add(part);
        }
        return freed;
    }

    /// Bytes of each layer, by the line that tells of its removal. A layer that another image or a
    /// container's root stands on is not removed, and frees nothing.
    private Map<Removal, Long> sizes(Image image) {
        Map<Removal, Long> sizes = new HashMap<>();
        for (ChainId layer : image.layers()) {
            sizes.put(new Removal.Deleted(layer.toString()), layers.get(layer).bytes());
        }
        return sizes;
    }

    /// Removes what an image consisted of and no other needs.
    private List<Removal> removeParts(Image image) {
        List<Removal> done = new ArrayList<>();
        views.forget(image.id());
        for (ChainId layer : layers.removeUnused(image.layers())) {
            done.add(new Removal.Deleted(layer.toString()));
        }
        removeUnneeded(List.of(image.id(), image.manifest().digest()));
        return done;
    }

    /// Removes those documents that no image needs.
    void removeUnneeded(List<Digest> documents) {
        Set<Digest> needed = views.documents();
        documents.stream()
                .filter(document -> !needed.contains(document))
                .forEach(content::deleteUnlessLeased);
    }
}
