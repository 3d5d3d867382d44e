package dev.carafe.engine.spec;

import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.HostConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that the spec of one start depends on.
///
/// @param config with the image's values
/// @param hostname as the container sees itself
/// @param mounts what the client asked for, sources ready
/// @param namespaces which are shared
/// @param etc null: none are mounted
public record SpecInput(
        String id,
        ContainerConfig config,
        HostConfig host,
        String hostname,
        Users.Resolved user,
        List<PlannedMount> mounts,
        Sharing namespaces,
        @Nullable EtcFiles etc) {

    /// Paths of namespaces to join; null: an own one.
    ///
    /// @param shmSource mount that shows as /dev/shm; null: one of its own
    /// @param privateNetwork the network namespace is the container's own
    /// @param userPath where the container has a user namespace: whose, when it is not its own
    public record Sharing(
            @Nullable String networkPath,
            @Nullable String pidPath,
            @Nullable String ipcPath,
            @Nullable String shmSource,
            boolean privateNetwork,
            @Nullable String userPath) {
        public Sharing(
                @Nullable String networkPath,
                @Nullable String pidPath,
                @Nullable String ipcPath,
                @Nullable String shmSource,
                boolean privateNetwork) {
            this(networkPath, pidPath, ipcPath, shmSource, privateNetwork, null);
        }
    }

    /// Files of the host that show as /etc/hostname, /etc/hosts, /etc/resolv.conf.
    public record EtcFiles(Path hostname, Path hosts, Path resolvConf) {}
}
