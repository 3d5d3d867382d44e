package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// Answer of `GET /exec/{id}/json`.
@Json(caseInsensitiveKeys = true)
public record ExecInspect(
        @Json.Property("ID") String id,
        @Json.Property("Running") boolean running,
        @Json.Property("ExitCode") @Json.Serializer(IntOrNull.class) @Nullable Integer exitCode,
        @Json.Property("ProcessConfig") ExecProcessConfig processConfig,
        @Json.Property("OpenStdin") boolean openStdin,
        @Json.Property("OpenStderr") boolean openStderr,
        @Json.Property("OpenStdout") boolean openStdout,
        @Json.Property("CanRemove") boolean canRemove,
        @Json.Property("ContainerID") String containerId,
        @Json.Property("DetachKeys") @Nullable String detachKeys,
        @Json.Property("Pid") int pid) {}
