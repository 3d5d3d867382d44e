package dev.carafe.dockerapi.wire;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockermodel.ContainerCreateRequest;
import dev.carafe.dockermodel.Healthcheck;
import dev.carafe.dockermodel.NetworkingConfig;
import dev.carafe.engine.config.HostConfig;
import java.util.Objects;

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

    /// Takes out what the client's version does not have.
    public static void forget(ContainerCreateRequest r, ApiVersion version) {
        if (r.hostConfig != null && version.before(43)) {
            r.hostConfig.annotations = null;
        }
        Healthcheck check = r.healthcheck;
        if (check != null && version.before(44)) {
            r.healthcheck =
                    new Healthcheck(
                            check.test(),
                            check.interval(),
                            check.timeout(),
                            check.startPeriod(),
                            null,
                            check.retries());
        }
        if (r.networkingConfig != null && version.before(48)) {
            forgetPriorities(r.networkingConfig);
        }
    }

    private static void forgetPriorities(NetworkingConfig networking) {
        if (networking.endpointsConfig() != null) {
            networking.endpointsConfig().values().stream()
                    .filter(Objects::nonNull)
                    .forEach(e -> e.gwPriority = null);
        }
    }

    /// The same of an update.
    public static void forget(dev.carafe.dockermodel.HostConfig update, ApiVersion version) {
        if (version.before(40)) {
            update.pidsLimit = null;
        }
    }

    /// Until 1.24 the client removed containers itself; until 1.39 IPC was shareable where nothing
    /// was said, and until 1.40 the cgroup namespace the host's, where cgroups have version 1.
    public static HostConfig created(HostConfig host, ApiVersion version, int cgroupVersion) {
        HostConfig meant = version.before(25) ? host.withAutoRemove(false) : host;
        var modes = meant.namespaces();
        String ipc = version.before(40) && modes.ipc().isEmpty() ? "shareable" : modes.ipc();
        String cgroupns =
                version.before(41) && cgroupVersion == 1 && modes.cgroupns().isEmpty()
                        ? "host"
                        : modes.cgroupns();
        return meant.withNamespaces(modes.with(ipc, cgroupns));
    }
}
