package dev.carafe.network;

import dev.carafe.base.Undo;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Namespaces;
import dev.carafe.network.dns.NameServer;
import dev.carafe.network.dns.NameSockets;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The name servers of containers on user-defined networks. Thread-safe.
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
    /// @param ready sockets made ahead in it, or null
    void serve(AttachmentRecord record, Fd netns, @Nullable NameSockets ready) {
        String id = record.containerId();
        if (isNeeded(record) && !running.containsKey(id)) {
            running.put(id, start(record, netns, ready));
        }
    }

    private NameServer start(AttachmentRecord record, Fd netns, @Nullable NameSockets ready) {
        try (Undo undo = new Undo()) {
            NameSockets sockets =
                    ready == null ? Namespaces.inNetns(netns, NameSockets::openAgain) : ready;
            undo.push(sockets::close);
            Fd own = FileSystem.open("/proc/self/fd/" + netns.number(), FileSystem.O_RDONLY);
            undo.push(own::close);
            NameServer server =
                    NameServer.start(
                            sockets,
                            own,
                            new NetworkNames(record.containerId(), attachments),
                            NameServers::hostServers,
                            literals(record.resolver().over(options).servers()));
            undo.keep();
            return server;
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
