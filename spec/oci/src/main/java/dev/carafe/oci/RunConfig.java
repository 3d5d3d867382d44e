package dev.carafe.oci;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an image tells about how its containers start (image-spec config.md, `config`; docker adds
/// the last ones).
///
/// @param entrypoint null when the image has none; an empty list clears an inherited one
/// @param labels in the document's order
/// @param stopSignal name or number, null for SIGTERM
/// @param stopTimeout seconds, null for the engine's default
/// @param shell for the shell form of later build instructions
@Json
public record RunConfig(
        @Json.Property("Hostname") @Nullable String hostname,
        @Json.Property("Domainname") @Nullable String domainname,
        @Json.Property("User") @Nullable String user,
        @Json.Property("ExposedPorts") @Nullable NameSet exposedPorts,
        @Json.Property("Env") @Nullable List<String> env,
        @Json.Property("Entrypoint") @Nullable List<String> entrypoint,
        @Json.Property("Cmd") @Nullable List<String> cmd,
        @Json.Property("Volumes") @Nullable NameSet volumes,
        @Json.Property("WorkingDir") @Nullable String workingDir,
        @Json.Property("Labels") @Nullable Map<String, String> labels,
        @Json.Property("StopSignal") @Nullable String stopSignal,
        @Json.Property("StopTimeout") @Nullable Integer stopTimeout,
        @Json.Property("Healthcheck") @Nullable Healthcheck healthcheck,
        @Json.Property("OnBuild") @Nullable List<String> onBuild,
        @Json.Property("Shell") @Nullable List<String> shell,
        @Json.Property("ArgsEscaped") @Nullable Boolean argsEscaped) {
    public static final RunConfig EMPTY =
            new RunConfig(
                    null, null, null, null, null, null, null, null, null, null, null, null, null,
                    null, null, null);

    /// The environment as `NAME=value` lines, never null.
    public List<String> envOrEmpty() {
        return env == null ? List.of() : env;
    }

    /// The labels, never null.
    public Map<String, String> labelsOrEmpty() {
        return labels == null ? Map.of() : labels;
    }

    /// The exposed ports (`80/tcp`), never null.
    public NameSet exposedPortsOrEmpty() {
        return exposedPorts == null ? NameSet.EMPTY : exposedPorts;
    }

    /// The mount points of anonymous volumes, never null.
    public NameSet volumesOrEmpty() {
        return volumes == null ? NameSet.EMPTY : volumes;
    }

    /// Docker's health check of an image.
    ///
    /// @param test null or empty inherits, `["NONE"]` switches off, `["CMD", ...]`, `["CMD-SHELL",
    ///   line]`
    /// @param interval nanoseconds, as the other durations; 0 means default
    @Json
    public record Healthcheck(
            @Json.Property("Test") @Nullable List<String> test,
            @Json.Property("Interval") long interval,
            @Json.Property("Timeout") long timeout,
            @Json.Property("StartPeriod") long startPeriod,
            @Json.Property("StartInterval") long startInterval,
            @Json.Property("Retries") int retries) {}
}
