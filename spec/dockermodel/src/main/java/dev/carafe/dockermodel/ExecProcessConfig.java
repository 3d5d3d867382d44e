package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an exec runs; part of {@link ExecInspect}.
@Json(caseInsensitiveKeys = true)
public record ExecProcessConfig(
        @Json.Property("tty") boolean tty,
        @Json.Property("entrypoint") String entrypoint,
        @Json.Property("arguments") List<String> arguments,
        @Json.Property("privileged") @Nullable Boolean privileged,
        @Json.Property("user") @Nullable String user) {}
