package dev.carafe.engine.config;

import io.avaje.jsonb.Json;
import java.util.Map;

/// Where a container's output goes.
///
/// @param driver `json-file`, `local`, `none`, ...; empty: the daemon's
@Json
public record LogConfig(String driver, Map<String, String> options) {
    public static LogConfig defaults() {
        return new LogConfig("", Map.of());
    }
}
