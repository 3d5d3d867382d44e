package dev.carafe.network;

import dev.carafe.network.dns.Directory;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What one container can find by name: itself and its neighbours on user-defined networks, its
/// links, and the host.
record NetworkNames(String containerId, Attachments attachments) implements Directory {
    private static final List<String> HOST =
            List.of("host.docker.internal", "gateway.docker.internal", "host.containers.internal");

    /// Whether names are resolved on its network.
    static boolean isNamed(Endpoint endpoint) {
        return endpoint.isAddressed() && !Network.predefined(endpoint.networkName());
    }

    static boolean isNamed(NetworkRecord network) {
        return network.isAddressed() && !Network.predefined(network.name());
    }

    @Override
    public Optional<List<InetAddress>> addresses(String name) {
        for (Endpoint own : own()) {
            List<InetAddress> found = on(own, name);
            if (!found.isEmpty()) {
                return Optional.of(found);
            }
        }
        return HOST.contains(name.toLowerCase(Locale.ROOT)) ? host() : Optional.empty();
    }

    private List<Endpoint> own() {
        return attachments
                .of(containerId)
                .map(AttachmentRecord::endpoints)
                .orElse(List.of())
                .stream()
                .filter(NetworkNames::isNamed)
                .toList();
    }

    /// By a name, by a link's, or by either followed by the network's.
    private List<InetAddress> on(Endpoint own, String name) {
        String suffix = "." + own.networkName();
        int end = name.length() - suffix.length();
        List<InetAddress> found = named(own, target(own, name));
        return found.isEmpty()
                        && end > 0
                        && name.regionMatches(true, end, suffix, 0, suffix.length())
                ? named(own, target(own, name.substring(0, end)))
                : found;
    }

    private static String target(Endpoint own, String name) {
        for (Map.Entry<String, String> link : own.links().entrySet()) {
            if (link.getKey().equalsIgnoreCase(name)) {
                return link.getValue();
            }
        }
        return name;
    }

    private List<InetAddress> named(Endpoint own, String name) {
        List<InetAddress> found = new ArrayList<>();
        for (Endpoint other : attachments.on(own.networkId()).values()) {
            if (other.names().stream().anyMatch(name::equalsIgnoreCase)) {
                found.addAll(addresses(other));
            }
        }
        return found;
    }

    private static List<InetAddress> addresses(Endpoint endpoint) {
        return endpoint.addresses();
    }

    private Optional<List<InetAddress>> host() {
        return attachments
                .of(containerId)
                .map(a -> gateways(Ways.of(a.endpoints())))
                .filter(found -> !found.isEmpty());
    }

    private static List<InetAddress> gateways(Ways ways) {
        List<InetAddress> found = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            ways.of(family).flatMap(way -> way.gateway(family)).ifPresent(found::add);
        }
        return found;
    }

    @Override
    public Optional<String> nameOf(InetAddress address) {
        for (Endpoint own : own()) {
            for (Endpoint other : attachments.on(own.networkId()).values()) {
                if (!other.names().isEmpty() && addresses(other).contains(address)) {
                    return Optional.of(other.names().getFirst() + "." + other.networkName());
                }
            }
        }
        return Optional.empty();
    }

    /// Not from networks that are internal alone.
    @Override
    public boolean mayForward() {
        return attachments
                .of(containerId)
                .filter(a -> !Ways.of(a.endpoints()).isEmpty())
                .isPresent();
    }
}
