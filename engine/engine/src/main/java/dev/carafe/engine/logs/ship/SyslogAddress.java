package dev.carafe.engine.logs.ship;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/// Where a syslog service listens, by the option `syslog-address`.
sealed interface SyslogAddress {
    /// A socket of this host; the first of these that is there.
    record Local(List<Path> sockets) implements SyslogAddress {}

    record Stream(Path socket) implements SyslogAddress {}

    record Udp(String host, int port) implements SyslogAddress {}

    record Tcp(String host, int port) implements SyslogAddress {}

    record Tls(String host, int port) implements SyslogAddress {}

    int PORT = 514;

    /// What syslog(3) writes to.
    Local HOST =
            new Local(
                    List.of(
                            Path.of("/dev/log"),
                            Path.of("/var/run/syslog"),
                            Path.of("/var/run/log")));

    /// @throws InvalidArgument with Docker's words where it has some
    static SyslogAddress parse(String text) {
        if (text.isEmpty()) {
            return HOST;
        }
        URI address = uri(text);
        String scheme = address.getScheme() == null ? "" : address.getScheme();
        return switch (scheme) {
            case "unixgram" -> new Local(List.of(path(address, text)));
            case "unix" -> new Stream(path(address, text));
            case "udp" -> new Udp(host(address, text), port(address));
            case "tcp" -> new Tcp(host(address, text), port(address));
            case "tcp+tls" -> new Tls(host(address, text), port(address));
            default -> throw new InvalidArgument("unsupported scheme: '" + scheme + "'");
        };
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new InvalidArgument(
                    Subject.NONE, "invalid syslog-address '" + text + "': " + e.getMessage(), e);
        }
    }

    private static Path path(URI address, String text) {
        String path = address.getPath() == null ? "" : address.getPath();
        if (!path.startsWith("/")) {
            throw new InvalidArgument(
                    "invalid syslog-address '" + text + "': it needs the path of a socket");
        }
        return Path.of(path);
    }

    private static String host(URI address, String text) {
        if (address.getHost() == null) {
            throw new InvalidArgument(
                    "invalid syslog-address '" + text + "': it needs a host, e.g. udp://host:514");
        }
        return address.getHost().replaceAll("^\\[|\\]$", "");
    }

    private static int port(URI address) {
        return address.getPort() < 0 ? PORT : address.getPort();
    }
}
