package dev.carafe.images;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an image was built, newest step first (Engine API GET /images/{name}/history).
public final class ImageHistory {
    private final ImageStore store;

    public ImageHistory(ImageStore store) {
        this.store = store;
    }

    /// @throws dev.carafe.base.NotFound when the name leads nowhere
    public List<Item> of(String nameOrId) {
        throw new UnsupportedOperationException(nameOrId + store);
    }

    /// @param id the image's id for the newest step, else `<missing>`
    /// @param tags familiar names of the image, for the newest step only
    /// @param sizeBytes of the layer's regular files; 0 for a step without layer
    public record Item(
            String id, @Nullable Instant created, String createdBy, List<String> tags, long sizeBytes, String comment) {}
}
