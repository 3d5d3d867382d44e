package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The swarm's state; ours is always inactive. Part of {@link Info}.
@Json(caseInsensitiveKeys = true)
public record SwarmInfo(
        @Json.Property("NodeID") String nodeId,
        @Json.Property("NodeAddr") String nodeAddr,
        @Json.Property("LocalNodeState") String localNodeState,
        @Json.Property("ControlAvailable") boolean controlAvailable,
        @Json.Property("Error") String error,
        @Json.Property("RemoteManagers") @Json.Serializer(StringsOrNull.class)
                @Nullable List<String> remoteManagers) {}
