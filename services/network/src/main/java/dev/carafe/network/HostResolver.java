package dev.carafe.network;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The host's name servers.
public final class HostResolver {
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

    /// The real servers when `/etc/resolv.conf` names systemd-resolved's own address only.
    private static final Path SYSTEMD = Path.of("/run/systemd/resolve/resolv.conf");

    private static final String SYSTEMD_STUB = "127.0.0.53";

    private static final Map<Path, Known> KNOWN = new ConcurrentHashMap<>();

    private HostResolver() {}

    /// A file's content as last read.
    ///
    /// @param stamp tells whether it is still the same
    private record Known(List<Object> stamp, String content) {}

    /// The host's resolv.conf; that of systemd-resolved when the first is only its stub. Empty when
    /// there is none.
    public static String read() {
        return choose(contentOf(RESOLV_CONF), () -> contentOf(SYSTEMD));
    }

    /// @param systemd what systemd-resolved asks itself; empty when it is not there
    static String choose(String content, Supplier<String> systemd) {
        if (!ResolvConf.servers(content).equals(List.of(SYSTEMD_STUB))) {
            return content;
        }
        String real = systemd.get();
        return real.isEmpty() ? content : real;
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
    static List<InetAddress> servers() {
        List<InetAddress> found = new ArrayList<>();
        for (String server : ResolvConf.servers(read())) {
            if (ResolvConf.isReachable(server)) {
                found.add(Addresses.parse(server));
            }
        }
        return found;
    }

    /// Read again only when the file was changed: each query of a container asks for it.
    private static String contentOf(Path file) {
        try {
            List<Object> stamp = stamp(file);
            Known known = KNOWN.get(file);
            if (known == null || !known.stamp().equals(stamp)) {
                known = new Known(stamp, Files.readString(file));
                KNOWN.put(file, known);
            }
            return known.content();
        } catch (IOException e) {
            // a host without one has no servers
            return "";
        }
    }

    private static List<Object> stamp(Path file) throws IOException {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        return List.of(
                found.lastModifiedTime(),
                found.size(),
                Objects.requireNonNullElse(found.fileKey(), ""));
    }
}
