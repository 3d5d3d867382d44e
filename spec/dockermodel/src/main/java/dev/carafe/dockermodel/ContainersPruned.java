package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answer of `POST /containers/prune`.
@Json(caseInsensitiveKeys = true)
public record ContainersPruned(
        @Json.Property("ContainersDeleted") @Json.Serializer(StringsOrNull.class)
                @Nullable List<String> containersDeleted,
        @Json.Property("SpaceReclaimed") long spaceReclaimed) {}
