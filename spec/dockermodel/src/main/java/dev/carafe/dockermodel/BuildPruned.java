package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answer of `POST /build/prune`.
@Json(caseInsensitiveKeys = true)
public record BuildPruned(
        @Json.Property("CachesDeleted") @Json.Serializer(StringsOrNull.class)
                @Nullable List<String> cachesDeleted,
        @Json.Property("SpaceReclaimed") long spaceReclaimed) {}
