package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answer of `POST /images/prune`.
@Json(caseInsensitiveKeys = true)
public record ImagesPruned(
        @Json.Property("ImagesDeleted") @Nullable List<ImageDeleteItem> imagesDeleted,
        @Json.Property("SpaceReclaimed") long spaceReclaimed) {}
