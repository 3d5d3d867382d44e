package dev.carafe.network;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.network.dns.NameServer;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The name servers of containers on user-defined networks. Thread-safe; one container's changes
/// must not overlap.
final class NameServers implements AutoCloseable {
    private final NetworkOptions options;
    private final Attachments attachments;
    private final Map<String, NameServer> running = new ConcurrentHashMap<>();

    NameServers(NetworkOptions options, Attachments attachments) {
        this.options = options;
        this.attachments = attachments;
    }

    static boolean isNeeded(AttachmentRecord record) {
        return record.endpoints().stream().anyMatch(NetworkNames::isNamed);
    }

    /// Serves the container from now on, when it is on a network with names and is not served yet.
    ///
    /// @param netns the container's; stays the caller's
    void serve(AttachmentRecord record, Fd netns) {
        String id = record.containerId();
        if (!isNeeded(record) || running.containsKey(id)) {
            return;
        }
        Fd own = FileSystem.open("/proc/self/fd/" + netns.number(), FileSystem.O_RDONLY);
        try {
            running.put(
                    id,
                    NameServer.start(
                            own,
                            new NetworkNames(id, attachments),
                            hostServers(),
                            literals(record.resolver().over(options).servers())));
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    private static List<InetAddress> hostServers() {
        List<InetAddress> servers = literals(HostResolver.all());
        return servers.isEmpty() ? literals(ResolvConf.FALLBACK) : servers;
    }

    private static List<InetAddress> literals(List<String> servers) {
        return servers.stream().map(InetAddress::ofLiteral).toList();
    }

    void stop(String containerId) {
        NameServer server = running.remove(containerId);
        if (server != null) {
            server.close();
        }
    }

    @Override
    public void close() {
        running.keySet().forEach(this::stop);
    }
}
