package dev.carafe.dockerapi.wire;

import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.engine.config.HostConfig;

/// What a request means to clients of old versions of the API. Engine API's version history.
public final class OldClients {
    private OldClients() {}

    /// Until 1.24 the client removed containers itself; until 1.39 IPC was shareable where nothing
    /// was said.
    public static HostConfig created(HostConfig host, ApiVersion version) {
        HostConfig meant = version.before(25) ? host.withAutoRemove(false) : host;
        var modes = meant.namespaces();
        return version.before(40) && modes.ipc().isEmpty()
                ? meant.withNamespaces(modes.with("shareable", modes.cgroupns()))
                : meant;
    }
}
