package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How packet rules are set; part of {@link Info}.
@Json(caseInsensitiveKeys = true)
public record FirewallInfo(
        @Json.Property("Driver") String driver,
        @Json.Property("Info") @Nullable List<List<String>> info) {}
