package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// One mount asked for: bind, volume, tmpfs, image.
@Json(caseInsensitiveKeys = true)
public record Mount(
        @Json.Property("Type") String type,
        @Json.Property("Source") @Nullable String source,
        @Json.Property("Target") String target,
        @Json.Property("ReadOnly") @Nullable Boolean readOnly,
        @Json.Property("Consistency") @Nullable String consistency,
        @Json.Property("BindOptions") @Nullable BindOptions bindOptions,
        @Json.Property("VolumeOptions") @Nullable VolumeOptions volumeOptions,
        @Json.Property("ImageOptions") @Nullable ImageOptions imageOptions,
        @Json.Property("TmpfsOptions") @Nullable TmpfsOptions tmpfsOptions) {}
