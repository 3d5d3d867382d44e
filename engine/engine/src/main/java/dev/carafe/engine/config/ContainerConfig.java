package dev.carafe.engine.config;

import io.avaje.jsonb.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a container runs: the portable half of a create request (Engine API POST
/// /containers/create, top level).
///
/// As asked by the client it leaves things out (`command`, `entrypoint`, `workingDir` null: take
/// the image's); as stored in a container the image's values are merged in ({@link ImageDefaults}).
///
/// @param image the reference as the client wrote it
/// @param command null: take the image's unless an entrypoint is given
/// @param entrypoint null: take the image's; empty or one empty string: none
/// @param env `K=V`, or a bare `K` that takes the variable away
/// @param user `name|uid[:group|gid]`, empty for the image's
/// @param hostname empty: the short id
/// @param exposedPorts `80/tcp`
/// @param volumes paths in the container that get an anonymous volume
/// @param stopSignal name or number; null: TERM
/// @param stopTimeoutSeconds null: 10; -1: wait for ever
@Json
@RecordBuilder
public record ContainerConfig(
        String image,
        @Nullable List<String> command,
        @Nullable List<String> entrypoint,
        List<String> env,
        @Nullable String workingDir,
        String user,
        String hostname,
        String domainname,
        boolean tty,
        boolean openStdin,
        boolean stdinOnce,
        boolean attachStdin,
        boolean attachStdout,
        boolean attachStderr,
        Map<String, String> labels,
        Set<String> exposedPorts,
        Set<String> volumes,
        @Nullable Healthcheck healthcheck,
        @Nullable String stopSignal,
        @Nullable Integer stopTimeoutSeconds,
        boolean networkDisabled,
        List<String> onBuild,
        @Nullable List<String> shell,
        @Nullable String macAddress,
        boolean argsEscaped)
        implements ContainerConfigBuilder.With {

    /// A detached container of the image that runs the command (null: the image's own), everything
    /// else left out.
    public static ContainerConfig of(String image, @Nullable List<String> command) {
        return new ContainerConfig(
                image, command, null, List.of(), null, "", "", "", false, false, false, false, true,
                true, Map.of(), Set.of(), Set.of(), null, null, null, false, List.of(), null, null,
                false);
    }

    /// With a stdin that attached clients write to; `once` closes it when the first of them
    /// half-closes or leaves.
    public ContainerConfig withStdin(boolean once) {
        return with().openStdin(true).stdinOnce(once).attachStdin(true).build();
    }

    public ContainerConfig withMoreEnv(List<String> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<String> all = new ArrayList<>(env);
        all.addAll(more);
        return withEnv(all);
    }

    /// @param earlier what the container's own variables replace
    public ContainerConfig withEnvBefore(List<String> earlier) {
        if (earlier.isEmpty()) {
            return this;
        }
        List<String> all = new ArrayList<>(earlier);
        all.addAll(env);
        return withEnv(all);
    }
}
