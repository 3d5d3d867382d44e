package dev.carafe.engine.config;

import dev.carafe.snapshots.OwnerMap;
import java.util.List;

/// What the daemon's configuration gives containers that say nothing themselves.
///
/// @param init run docker-init first
/// @param shmSizeBytes of /dev/shm
/// @param ipcMode `private` or `shareable`
/// @param cgroupns `private` or `host`; empty: what fits the machine
/// @param stopTimeoutSeconds -1: wait for ever
/// @param noNewPrivileges for all but privileged containers
/// @param ulimits those that a container does not set itself
/// @param owners who the users of containers are at the host (`userns-remap`); NONE: the same ones
/// @param rootSizeBytes that a writable layer may have; 0: no bound
/// @param seccomp profile of containers that name none: `unconfined`, JSON, or empty for Docker's
public record ContainerDefaults(
        boolean init,
        long shmSizeBytes,
        String ipcMode,
        String cgroupns,
        int stopTimeoutSeconds,
        boolean noNewPrivileges,
        List<ResourceConfig.Ulimit> ulimits,
        String seccomp,
        OwnerMap owners,
        long rootSizeBytes) {
    public static final int STOP_TIMEOUT_SECONDS = 10;

    /// Docker's.
    public static ContainerDefaults docker() {
        return new ContainerDefaults(
                false,
                64L << 20,
                "private",
                "",
                STOP_TIMEOUT_SECONDS,
                false,
                List.of(),
                "",
                OwnerMap.NONE,
                0);
    }

    /// The host's half of a create request with what it left out.
    public HostConfig applyTo(HostConfig host, boolean cgroupV2) {
        StorageConfig storage = host.storage();
        NamespaceModes modes = host.namespaces();
        return host.withResources(host.resources().withSwap())
                .withStorage(
                        storage.shmSizeBytes() == 0
                                ? storage.withShmSizeBytes(shmSizeBytes)
                                : storage)
                .withNamespaces(
                        modes.with(
                                modes.ipc().isEmpty() ? ipcMode : modes.ipc(),
                                modes.cgroupns().isEmpty()
                                        ? cgroupns(host, cgroupV2)
                                        : modes.cgroupns()));
    }

    /// Who the users of such a container are at the host.
    public OwnerMap ownersOf(HostConfig host) {
        return host.namespaces().userns().equals("host") ? OwnerMap.NONE : owners;
    }

    private String cgroupns(HostConfig host, boolean cgroupV2) {
        if (host.security().privileged() && !cgroupV2) {
            return "host";
        }
        return !cgroupns.isEmpty() ? cgroupns : cgroupV2 ? "private" : "host";
    }
}
