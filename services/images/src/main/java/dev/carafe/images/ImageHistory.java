package dev.carafe.images;

import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig.History;
import dev.carafe.snapshots.LayerInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an image was built, newest step first (Engine API GET /images/{name}/history).
public final class ImageHistory {
    private static final String NO_ID = "<missing>";
    private final ImageStore store;

    public ImageHistory(ImageStore store) {
        this.store = store;
    }

    /// @throws dev.carafe.base.NotFound when the name leads nowhere
    public List<Item> of(String nameOrId) {
        Image image = store.get(nameOrId);
        List<LayerInfo> layers = store.layers(image);
        List<Item> oldestFirst = new ArrayList<>();
        int layer = 0;
        for (History step : image.config().history()) {
            long size = 0;
            if (!step.emptyLayer() && layer < layers.size()) {
                size = layers.get(layer++).bytes();
            }
            oldestFirst.add(
                    new Item(
                            NO_ID,
                            step.created(),
                            text(step.createdBy()),
                            List.of(),
                            size,
                            text(step.comment())));
        }
        name(oldestFirst, image);
        return List.copyOf(oldestFirst.reversed());
    }

    /// The last line of the image and of each that it was made of is that image.
    private void name(List<Item> oldestFirst, Image image) {
        @Nullable Image at = image;
        while (at != null) {
            int last = at.config().history().size() - 1;
            if (last >= 0 && last < oldestFirst.size()) {
                oldestFirst.set(last, oldestFirst.get(last).of(at));
            }
            Digest parent = at.parent();
            @Nullable Image below = parent == null ? null : store.byId(parent).orElse(null);
            // always the shorter one, so that it ends
            at = below != null && below.config().history().size() <= last ? below : null;
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /// @param id of the image that ends with this step, if it is known; else `<missing>`
    /// @param tags familiar names of that image
    /// @param sizeBytes of the layer's regular files; 0 for a step without layer
    public record Item(
            String id,
            @Nullable Instant created,
            String createdBy,
            List<String> tags,
            long sizeBytes,
            String comment) {
        Item of(Image image) {
            return new Item(
                    image.id().toString(),
                    created,
                    createdBy,
                    image.repoTags(),
                    sizeBytes,
                    comment);
        }
    }
}
