package dev.carafe.engine.container;

import dev.carafe.base.Ids;
import dev.carafe.base.NotFound;
import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.EndpointSettings;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.NetworkingConfig;
import dev.carafe.network.JoinRequest;
import dev.carafe.network.Networks;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The networks that a container is to be on.
final class Memberships {
    private static final String NO_IPV6 = "net.ipv6.conf.all.disable_ipv6";

    private Memberships() {}

    /// What a new container's record keeps: all its networks by name, that of its mode first.
    static NetworkingConfig of(
            ContainerConfig config, HostConfig host, NetworkingConfig asked, Networks networks) {
        Map<String, EndpointSettings> named = new LinkedHashMap<>();
        asked.endpoints().forEach((ref, s) -> named.put(name(ref, networks), s));
        String first = name(mode(config, host), networks);
        if (ContainerRecord.sharedWith(host.network().mode()) != null) {
            return NetworkingConfig.exactly(Map.of());
        }
        String mac = config.macAddress();
        if (mac != null && !asked.explicit()) {
            named.put(
                    first, named.getOrDefault(first, EndpointSettings.none()).withMacAddress(mac));
        }
        if (config.networkDisabled() || named.isEmpty() && !asked.explicit()) {
            return NetworkingConfig.exactly(
                    Map.of(first, named.getOrDefault(first, EndpointSettings.none())));
        }
        Map<String, EndpointSettings> ordered = new LinkedHashMap<>();
        EndpointSettings ofFirst = named.remove(first);
        if (ofFirst != null) {
            ordered.put(first, ofFirst);
        }
        ordered.putAll(named);
        return NetworkingConfig.exactly(ordered);
    }

    /// Settings by network name, in the order of joining.
    static NetworkingConfig of(ContainerRecord record, Networks networks) {
        return of(record.config(), record.host(), record.networking(), networks);
    }

    /// The network that the container's mode names.
    private static String mode(ContainerConfig config, HostConfig host) {
        String mode = config.networkDisabled() ? "none" : host.network().mode();
        return mode.isEmpty() || mode.equals("default") ? "bridge" : mode;
    }

    /// A network that is gone keeps the name that it was asked by.
    private static String name(String ref, Networks networks) {
        try {
            return networks.nameOf(ref);
        } catch (NotFound e) {
            return ref;
        }
    }

    static List<JoinRequest> joins(ContainerRecord record, Networks networks) {
        return of(record, networks).endpoints().entrySet().stream()
                .map(e -> join(record, e.getKey(), e.getValue()))
                .toList();
    }

    static JoinRequest join(ContainerRecord record, String network, EndpointSettings settings) {
        return new JoinRequest(
                network,
                List.copyOf(names(record, settings.aliases())),
                links(settings.links()),
                settings.ipv4Address(),
                settings.ipv6Address(),
                settings.macAddress(),
                settings.gatewayPriority(),
                settings.driverOptions(),
                settings.linkLocalIps(),
                "1".equals(record.host().resources().sysctls().get(NO_IPV6)));
    }

    /// Its name, its aliases, its short id and its host name.
    static Set<String> names(ContainerRecord record, List<String> aliases) {
        Set<String> names = new LinkedHashSet<>();
        names.add(record.name());
        names.addAll(aliases);
        names.add(Ids.shortId(record.id()));
        if (!record.config().hostname().isEmpty()) {
            names.add(record.config().hostname());
        }
        return names;
    }

    /// `container:alias` by alias.
    private static Map<String, String> links(List<String> links) {
        Map<String, String> byAlias = new LinkedHashMap<>();
        for (String link : links) {
            int colon = link.indexOf(':');
            String target = colon < 0 ? link : link.substring(0, colon);
            byAlias.put(link.substring(colon + 1), target);
        }
        return byAlias;
    }
}
