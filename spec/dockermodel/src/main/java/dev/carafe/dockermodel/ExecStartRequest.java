package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Body of `POST /exec/{id}/start`.
@Json(caseInsensitiveKeys = true)
public record ExecStartRequest(
        @Json.Property("Detach") @Nullable Boolean detach,
        @Json.Property("Tty") @Nullable Boolean tty,
        @Json.Property("ConsoleSize") @Nullable List<Integer> consoleSize) {}
