package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// Body of `POST /containers/create`: the configuration at the top level, and two objects.
@Json(caseInsensitiveKeys = true)
public final class ContainerCreateRequest extends ContainerConfig {
    @Json.Property("HostConfig")
    public @Nullable HostConfig hostConfig;

    @Json.Property("NetworkingConfig")
    public @Nullable NetworkingConfig networkingConfig;
}
