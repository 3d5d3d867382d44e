package dev.carafe.registry.wire;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a registry refused (distribution-spec, error codes); token servers say `details` or
/// `message`.
@Json
public record ErrorBody(
        @Nullable List<Item> errors, @Nullable String details, @Nullable String message) {

    /// @param code `MANIFEST_UNKNOWN`, `DENIED`, ...
    @Json
    public record Item(@Nullable String code, @Nullable String message) {}
}
