package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// A container's state as Docker's set of booleans.
///
/// @param status created, running, paused, restarting, removing, exited, dead
@Json(caseInsensitiveKeys = true)
public record ContainerState(
        @Json.Property("Status") String status,
        @Json.Property("Running") boolean running,
        @Json.Property("Paused") boolean paused,
        @Json.Property("Restarting") boolean restarting,
        @Json.Property("OOMKilled") boolean oomKilled,
        @Json.Property("Dead") boolean dead,
        @Json.Property("Pid") int pid,
        @Json.Property("ExitCode") int exitCode,
        @Json.Property("Error") String error,
        @Json.Property("StartedAt") String startedAt,
        @Json.Property("FinishedAt") String finishedAt,
        @Json.Property("Health") @Nullable HealthState health) {}
