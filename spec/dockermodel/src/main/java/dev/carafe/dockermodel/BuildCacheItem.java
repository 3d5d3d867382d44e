package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One item of the build cache in the answer of `GET /system/df`.
///
/// @param parent before API 1.42, else null
/// @param parents from API 1.42 on, null for none
/// @param type `regular`, `exec.cachemount`
@Json(caseInsensitiveKeys = true)
public record BuildCacheItem(
        @Json.Property("ID") String id,
        @Json.Property("Parent") @Nullable String parent,
        @Json.Property("Parents") @Nullable List<String> parents,
        @Json.Property("Type") String type,
        @Json.Property("Description") String description,
        @Json.Property("InUse") boolean inUse,
        @Json.Property("Shared") boolean shared,
        @Json.Property("Size") long size,
        @Json.Property("CreatedAt") String createdAt,
        @Json.Property("LastUsedAt") String lastUsedAt,
        @Json.Property("UsageCount") int usageCount) {}
