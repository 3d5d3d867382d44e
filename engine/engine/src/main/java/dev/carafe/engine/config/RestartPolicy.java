package dev.carafe.engine.config;

import io.avaje.jsonb.Json;

/// What happens when a container ends by itself.
///
/// @param name `no` (or empty), `always`, `unless-stopped`, `on-failure`
/// @param maximumRetryCount with `on-failure` only; 0: no limit
@Json
public record RestartPolicy(String name, int maximumRetryCount) {
    public static final RestartPolicy NO = new RestartPolicy("no", 0);

    public boolean isNone() {
        return name.isEmpty() || name.equals("no");
    }
}
