package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A runtime that containers can ask for; part of {@link Info}.
@Json(caseInsensitiveKeys = true)
public record RuntimeInfo(
        @Json.Property("path") @Nullable String path,
        @Json.Property("runtimeArgs") @Nullable List<String> runtimeArgs,
        @Json.Property("status") @Nullable Map<String, String> status) {}
