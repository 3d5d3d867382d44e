package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One entry of `GET /images/json`.
///
/// @param containers -1 = not counted
/// @param created seconds since 1970
/// @param sharedSize -1 = not computed
/// @param virtualSize before API 1.44
@Json(caseInsensitiveKeys = true)
public record ImageSummary(
        @Json.Property("Containers") long containers,
        @Json.Property("Created") long created,
        @Json.Property("Id") String id,
        @Json.Property("Labels") @Json.Serializer(StringMapOrNull.class)
                @Nullable Map<String, String> labels,
        @Json.Property("ParentId") String parentId,
        @Json.Property("Descriptor") @Nullable ImageDescriptor descriptor,
        @Json.Property("RepoDigests") @Json.Serializer(StringsOrNull.class)
                @Nullable List<String> repoDigests,
        @Json.Property("RepoTags") @Json.Serializer(StringsOrNull.class)
                @Nullable List<String> repoTags,
        @Json.Property("SharedSize") long sharedSize,
        @Json.Property("Size") long size,
        @Json.Property("VirtualSize") @Nullable Long virtualSize) {}
