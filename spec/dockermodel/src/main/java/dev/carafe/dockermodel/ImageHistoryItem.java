package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of `GET /images/{name}/history`.
@Json(caseInsensitiveKeys = true)
public record ImageHistoryItem(
        @Json.Property("Comment") String comment,
        @Json.Property("Created") long created,
        @Json.Property("CreatedBy") String createdBy,
        @Json.Property("Id") String id,
        @Json.Property("Size") long size,
        @Json.Property("Tags") @Json.Serializer(StringsOrNull.class) @Nullable List<String> tags) {}
