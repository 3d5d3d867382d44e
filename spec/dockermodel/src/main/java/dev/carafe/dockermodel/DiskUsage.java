package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answer of `GET /system/df`, legacy shape.
@Json(caseInsensitiveKeys = true)
public record DiskUsage(
        @Json.Property("LayersSize") long layersSize,
        @Json.Property("Images") @Nullable List<ImageSummary> images,
        @Json.Property("Containers") @Nullable List<ContainerSummary> containers,
        @Json.Property("Volumes") @Nullable List<Volume> volumes,
        @Json.Property("BuildCache") @Nullable List<BuildCacheItem> buildCache,
        @Json.Property("BuilderSize") long builderSize) {}
