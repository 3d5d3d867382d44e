package dev.carafe.engine.container;

import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.NetworkingConfig;
import dev.carafe.engine.spec.PlannedMount;
import dev.carafe.engine.state.ContainerState;
import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that is durable of one container: the content of `containers/<id>/container.json`.
///
/// @param version of this format; a newer one is refused
/// @param name without slash
/// @param imageId `sha256:...`
/// @param imageBytes size of the image, for lists
/// @param config with the image's values merged in
/// @param hostname as the container sees itself
/// @param stoppedByUser the restart policy leaves it alone until somebody starts it
@Json
public record ContainerRecord(
        int version,
        String id,
        String name,
        Instant created,
        String imageId,
        long imageBytes,
        String platform,
        ContainerConfig config,
        HostConfig host,
        NetworkingConfig networking,
        String hostname,
        List<PlannedMount> mounts,
        StoredState stored,
        int restartCount,
        boolean stoppedByUser) {
    static final int VERSION = 1;

    public ContainerState state() {
        return stored.state();
    }

    ContainerRecord with(ContainerState state) {
        return new ContainerRecord(
                version,
                id,
                name,
                created,
                imageId,
                imageBytes,
                platform,
                config,
                host,
                networking,
                hostname,
                mounts,
                StoredState.of(state),
                restartCount,
                stoppedByUser);
    }

    ContainerRecord named(String newName) {
        return new ContainerRecord(
                version,
                id,
                newName,
                created,
                imageId,
                imageBytes,
                platform,
                config,
                host,
                networking,
                hostname,
                mounts,
                stored,
                restartCount,
                stoppedByUser);
    }

    ContainerRecord stoppedByUser(boolean stopped) {
        return new ContainerRecord(
                version,
                id,
                name,
                created,
                imageId,
                imageBytes,
                platform,
                config,
                host,
                networking,
                hostname,
                mounts,
                stored,
                restartCount,
                stopped);
    }

    ContainerRecord restarts(int count) {
        return new ContainerRecord(
                version,
                id,
                name,
                created,
                imageId,
                imageBytes,
                platform,
                config,
                host,
                networking,
                hostname,
                mounts,
                stored,
                count,
                stoppedByUser);
    }

    /// The program and its arguments.
    public List<String> commandLine() {
        List<String> words =
                new java.util.ArrayList<>(
                        config.entrypoint() == null ? List.of() : config.entrypoint());
        words.addAll(config.command() == null ? List.of() : config.command());
        return words;
    }

    /// `container:<id>` of a mode, the id part; null for other modes.
    public static @Nullable String sharedWith(String mode) {
        return mode.startsWith("container:") ? mode.substring("container:".length()) : null;
    }
}
