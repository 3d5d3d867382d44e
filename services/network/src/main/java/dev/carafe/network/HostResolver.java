package dev.carafe.network;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The host's name servers.
public final class HostResolver {
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

    /// The real servers when `/etc/resolv.conf` names systemd-resolved's own address only.
    private static final Path SYSTEMD = Path.of("/run/systemd/resolve/resolv.conf");

    private static final String SYSTEMD_STUB = "127.0.0.53";

    private HostResolver() {}

    /// The host's resolv.conf; that of systemd-resolved when the first is only its stub. Empty when
    /// there is none.
    public static String read() {
        String content = contentOf(RESOLV_CONF);
        List<String> servers = ResolvConf.servers(content);
        if (servers.equals(List.of(SYSTEMD_STUB))) {
            String real = contentOf(SYSTEMD);
            return real.isEmpty() ? content : real;
        }
        return content;
    }

    /// All servers that the host itself can ask.
    static List<String> all() {
        return ResolvConf.servers(read()).stream().filter(HostResolver::isLiteral).toList();
    }

    private static boolean isLiteral(String text) {
        try {
            return InetAddress.ofLiteral(text).getAddress().length > 0;
        } catch (IllegalArgumentException e) {
            // a scope that does not exist here, or no address at all
            return false;
        }
    }

    /// IPv4 servers that are not loopback.
    static List<Integer> servers() {
        List<Integer> found = new ArrayList<>();
        for (String server : ResolvConf.servers(read())) {
            if (ResolvConf.isReachable(server)) {
                found.add(Subnet.parseAddress(server));
            }
        }
        return found;
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            // a host without one has no servers
            return "";
        }
    }
}
