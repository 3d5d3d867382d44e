package dev.carafe.dockerapi.wire;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.engine.config.HostConfig;

/// What a request means to clients of old versions of the API. Engine API's version history.
public final class OldClients {
    private OldClients() {}

    /// What a version of the API did not have yet.
    ///
    /// @throws InvalidArgument in Docker's words
    public static void check(HostConfig host, ApiVersion version) {
        if (version.before(48)
                && host.storage().mounts().stream().anyMatch(m -> m.type().equals("image"))) {
            throw new InvalidArgument("Mount type \"Image\" needs API v1.48 or newer");
        }
    }

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
