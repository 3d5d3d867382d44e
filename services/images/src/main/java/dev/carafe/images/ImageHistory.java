package dev.carafe.images;

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
        if (!oldestFirst.isEmpty()) {
            Item newest = oldestFirst.removeLast();
            oldestFirst.add(
                    new Item(
                            image.id().toString(),
                            newest.created(),
                            newest.createdBy(),
                            image.repoTags(),
                            newest.sizeBytes(),
                            newest.comment()));
        }
        return List.copyOf(oldestFirst.reversed());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /// @param id the image's id for the newest step, else `<missing>`
    /// @param tags familiar names of the image, for the newest step only
    /// @param sizeBytes of the layer's regular files; 0 for a step without layer
    public record Item(
            String id,
            @Nullable Instant created,
            String createdBy,
            List<String> tags,
            long sizeBytes,
            String comment) {}
}
