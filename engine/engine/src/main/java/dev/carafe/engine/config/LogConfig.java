package dev.carafe.engine.config;

import io.avaje.jsonb.Json;
import java.util.Map;

/// Where a container's output goes.
///
/// @param driver `json-file`, `none`; empty: json-file
@Json
public record LogConfig(String driver, Map<String, String> options) {
    public static LogConfig defaults() {
        return new LogConfig("json-file", Map.of());
    }
}
