package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answer of `POST /volumes/prune`.
@Json(caseInsensitiveKeys = true)
public record VolumesPruned(
        @Json.Property("VolumesDeleted") @Json.Serializer(StringsOrNull.class)
                @Nullable List<String> volumesDeleted,
        @Json.Property("SpaceReclaimed") long spaceReclaimed) {}
