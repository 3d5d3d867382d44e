package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answer of `POST /networks/prune`.
@Json(caseInsensitiveKeys = true)
public record NetworksPruned(
        @Json.Property("NetworksDeleted") @Json.Serializer(StringsOrNull.class)
                @Nullable List<String> networksDeleted) {}
