package dev.carafe.engine.view;

import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.NetworkingConfig;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.state.Health;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One container at one moment: all that inspect, ps and events need. Immutable; reading it takes
/// no lock.
///
/// @param name without the leading slash
/// @param path the program, first word of the command line
/// @param args the words after it
/// @param health null when it is not checked
/// @param oomKilled the kernel killed a process of the present or last run for want of memory
/// @param imageId `sha256:...`
/// @param config as asked, the image's values merged in
/// @param networking as asked at create
/// @param networks name -> attachment; addresses are empty while not running
/// @param ports what is published now
/// @param execIds execs that run or ended a short time ago
/// @param layers folders of its root, as GraphDriver.Data shows them; empty if unknown
public record ContainerView(
        String id,
        String name,
        Instant created,
        String path,
        List<String> args,
        ContainerState state,
        @Nullable Health health,
        boolean oomKilled,
        String imageId,
        ContainerConfig config,
        HostConfig hostConfig,
        NetworkingConfig networking,
        Map<String, NetworkAttachment> networks,
        List<PublishedPort> ports,
        String sandboxId,
        List<MountPoint> mounts,
        Files files,
        int restartCount,
        String storageDriver,
        Map<String, String> layers,
        List<String> execIds,
        String platform) {

    /// The files that the engine keeps for it.
    ///
    /// All are null before the first start.
    ///
    /// @param log null when its driver keeps none that can be read
    public record Files(
            @Nullable Path hostname,
            @Nullable Path hosts,
            @Nullable Path resolvConf,
            @Nullable Path log) {
        public static final Files NONE = new Files(null, null, null, null);
    }

    /// The image as the client named it.
    public String imageName() {
        return config.image();
    }

    /// Ports that its neighbours can reach, as `80/tcp`: none while it does not run or has no
    /// addresses of its own (networks `host`, `none` and another container's).
    public List<String> exposedPorts() {
        boolean reachable =
                state.isRunning()
                        && networks.values().stream()
                                .anyMatch(
                                        n -> !n.ipAddress().isEmpty() || !n.ip6Address().isEmpty());
        return reachable
                ? config.exposedPorts().stream()
                        .map(port -> port.indexOf('/') < 0 ? port + "/tcp" : port)
                        .toList()
                : List.of();
    }

    public boolean tty() {
        return config.tty();
    }
}
