package dev.carafe.network;

import dev.carafe.linux.Fd;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an attached container starts with. Whoever asked for it closes it once the container's
/// process is inside; closing drops the descriptor only, the attachment lives until {@link
/// Networks#detach}.
///
/// @param netns the network namespace to join, or null: the host's
/// @param ports the published ports with their real host ports
/// @param resolvConf content of `/etc/resolv.conf` by the daemon's options
public record Sandbox(
        @Nullable Fd netns, List<Endpoint> endpoints, List<PortBinding> ports, String resolvConf)
        implements AutoCloseable {
    @Override
    public void close() {
        if (netns != null) {
            netns.close();
        }
    }
}
