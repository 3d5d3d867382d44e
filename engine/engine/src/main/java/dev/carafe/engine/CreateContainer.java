package dev.carafe.engine;

import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.NetworkingConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a container from an image, ready to start. Engine API POST /containers/create.
public final class CreateContainer {
    /// @param name with or without a leading slash; null: a random one
    /// @param platform `os/arch[/variant]`; null: the host's
    public record Request(
            @Nullable String name,
            ContainerConfig config,
            HostConfig host,
            NetworkingConfig networking,
            @Nullable String platform) {}

    /// @param warnings never null
    public record Created(String id, List<String> warnings) {}

    /// @throws dev.carafe.base.NotFound `No such image: x`
    /// @throws dev.carafe.base.Conflict the name is in use
    /// @throws dev.carafe.base.InvalidArgument a value that can't be
    public Created create(Request request) {
        throw new UnsupportedOperationException();
    }
}
