package dev.carafe.engine.container;

import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.Healthcheck;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.NetworkingConfig;
import dev.carafe.engine.spec.PlannedMount;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.state.Health;
import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that is durable of one container: the state in `containers/<id>/container.jsonl`.
///
/// @param version of this format; a newer one is refused
/// @param name without slash
/// @param imageId `sha256:...`
/// @param imageBytes size of the image, for lists
/// @param config with the image's values merged in
/// @param hostname as the container sees itself
/// @param stoppedByUser the restart policy leaves it alone until somebody starts it
/// @param health what its checks said; null when it was never checked
/// @param quickEnds ends in a row after less than ten seconds, which make restarts wait longer
/// @param startingFrom the state before the start that was under way when this was written; null
///   when none was
/// @param oomKilled the kernel killed a process of the present or last run for want of memory
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
        boolean stoppedByUser,
        @Nullable Health health,
        int quickEnds,
        @Nullable StoredState startingFrom,
        boolean oomKilled) {
    static final int VERSION = 1;

    public ContainerState state() {
        return stored.state();
    }

    ContainerRecord with(ContainerState state) {
        return new Copy(this).state(state).record();
    }

    ContainerRecord named(String newName) {
        return new Copy(this).name(newName).record();
    }

    ContainerRecord on(NetworkingConfig networks) {
        return new Copy(this).networking(networks).record();
    }

    ContainerRecord stoppedByUser(boolean stopped) {
        return new Copy(this).stoppedByUser(stopped).record();
    }

    ContainerRecord restarts(int count, int quick) {
        return new Copy(this).restartCount(count).quickEnds(quick).record();
    }

    /// As it will be when the start that is under way has succeeded.
    ContainerRecord starting(ContainerState next) {
        return new Copy(this).state(next).startingFrom(stored).record();
    }

    /// The start that was under way did not come to an end: as it was before.
    ContainerRecord notStarted() {
        return startingFrom == null ? this : new Copy(this).state(startingFrom.state()).record();
    }

    ContainerRecord ranOutOfMemory() {
        return new Copy(this).oomKilled(true).record();
    }

    ContainerRecord host(HostConfig now) {
        return new Copy(this).host(now).record();
    }

    ContainerRecord health(Health now) {
        return new Copy(this).health(now).record();
    }

    /// The program and its arguments.
    public List<String> commandLine() {
        List<String> words =
                new ArrayList<>(config.entrypoint() == null ? List.of() : config.entrypoint());
        words.addAll(config.command() == null ? List.of() : config.command());
        return words;
    }

    /// `container:<id>` of a mode, the id part; null for other modes.
    public static @Nullable String sharedWith(String mode) {
        return mode.startsWith("container:") ? mode.substring("container:".length()) : null;
    }

    /// The parts of a record that change.
    private static final class Copy {
        private final ContainerRecord from;
        private String name;
        private StoredState stored;
        private NetworkingConfig networking;
        private int restartCount;
        private boolean stoppedByUser;
        private @Nullable Health health;
        private int quickEnds;
        private HostConfig host;
        private boolean oomKilled;
        private @Nullable StoredState startingFrom;

        Copy(ContainerRecord from) {
            this.from = from;
            name = from.name;
            stored = from.stored;
            networking = from.networking;
            restartCount = from.restartCount;
            stoppedByUser = from.stoppedByUser;
            health = from.health;
            quickEnds = from.quickEnds;
            host = from.host;
            oomKilled = from.oomKilled;
            startingFrom = from.startingFrom;
        }

        Copy name(String value) {
            name = value;
            return this;
        }

        Copy state(ContainerState value) {
            health = Health.onMove(health, from.state(), value, Healthcheck.isSet(from.config));
            stored = StoredState.of(value);
            startingFrom = null;
            boolean starts = value instanceof ContainerState.Running && !from.state().isRunning();
            oomKilled = oomKilled && !starts;
            return this;
        }

        Copy host(HostConfig value) {
            host = value;
            return this;
        }

        Copy oomKilled(boolean value) {
            oomKilled = value;
            return this;
        }

        Copy startingFrom(StoredState value) {
            startingFrom = value;
            return this;
        }

        Copy quickEnds(int value) {
            quickEnds = value;
            return this;
        }

        Copy networking(NetworkingConfig value) {
            networking = value;
            return this;
        }

        Copy restartCount(int value) {
            restartCount = value;
            return this;
        }

        Copy stoppedByUser(boolean value) {
            stoppedByUser = value;
            return this;
        }

        Copy health(Health value) {
            health = value;
            return this;
        }

        ContainerRecord record() {
            return new ContainerRecord(
                    from.version,
                    from.id,
                    name,
                    from.created,
                    from.imageId,
                    from.imageBytes,
                    from.platform,
                    from.config,
                    host,
                    networking,
                    from.hostname,
                    from.mounts,
                    stored,
                    restartCount,
                    stoppedByUser,
                    health,
                    quickEnds,
                    startingFrom,
                    oomKilled);
        }
    }
}
