package dev.carafe.engine.config;

import io.avaje.jsonb.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What this host gives a container: the HostConfig object of Engine API POST /containers/create,
/// grouped by what it is about.
///
/// @param autoRemove removed with its anonymous volumes when it ends
/// @param init null: the daemon's default
/// @param runtime empty for the stock one, else a name of {@link RuntimeOptions}
/// @param consoleSize rows and columns, or empty
/// @param containerIdFile kept for the client only
@Json
@RecordBuilder
public record HostConfig(
        StorageConfig storage,
        HostNetworkConfig network,
        RestartPolicy restartPolicy,
        boolean autoRemove,
        ResourceConfig resources,
        SecurityConfig security,
        NamespaceModes namespaces,
        LogConfig log,
        @Nullable Boolean init,
        String runtime,
        Map<String, String> annotations,
        List<Integer> consoleSize,
        String containerIdFile,
        String isolation)
        implements HostConfigBuilder.With {

    private static final String CONTAINER = "container:";

    /// All defaults: bridge network, no limits, json-file logs.
    public static HostConfig defaults() {
        return new HostConfig(
                StorageConfig.none(),
                HostNetworkConfig.mode(""),
                RestartPolicy.NO,
                false,
                ResourceConfig.unlimited(),
                SecurityConfig.defaults(),
                NamespaceModes.defaults(),
                LogConfig.defaults(),
                null,
                "",
                Map.of(),
                List.of(),
                "",
                "");
    }

    /// The containers whose namespaces it joins, as the client named them.
    public List<String> joined() {
        return Stream.of(network.mode(), namespaces.pid(), namespaces.ipc())
                .filter(mode -> mode.startsWith(CONTAINER))
                .map(mode -> mode.substring(CONTAINER.length()))
                .toList();
    }
}
