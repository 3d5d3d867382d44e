package dev.carafe.engine.container;

import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.HostNetworkConfig;
import dev.carafe.network.Network;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Links of the network `bridge` as names of containers: what `web` links to as `db` is called
/// `/web/db` as well.
public final class LinkNames {
    private LinkNames() {}

    /// @param target id, or name, of the other container
    record Link(String target, String alias) {
        /// @param text `container[:alias]`; in either a leading slash may stand
        static Link parse(String text) {
            int colon = text.lastIndexOf(':');
            return new Link(
                    bare(colon < 0 ? text : text.substring(0, colon)),
                    bare(text.substring(colon + 1)));
        }

        private static String bare(String name) {
            return name.startsWith("/") ? name.substring(name.lastIndexOf('/') + 1) : name;
        }
    }

    /// Those of a container; none where its network resolves names itself.
    static List<Link> of(ContainerRecord record) {
        HostNetworkConfig network = record.host().network();
        boolean legacy = network.mode().isEmpty() || Network.isDefault(network.mode());
        return legacy ? network.links().stream().map(Link::parse).toList() : List.of();
    }

    /// What it links to under that alias.
    static Optional<String> target(ContainerRecord record, String alias) {
        return of(record).stream()
                .filter(l -> l.alias().equals(alias))
                .map(Link::target)
                .findFirst();
    }

    /// Makes the container forget a link.
    public static void remove(Container parent, String alias) {
        parent.locked(() ->
                parent.change(r -> {
                    HostNetworkConfig network = r.host().network();
                    List<String> left =
                            network.links().stream()
                                    .filter(l -> !Link.parse(l).alias().equals(alias))
                                    .toList();
                    return r.host(r.host().withNetwork(network.withLinks(left)));
                }));
    }

    /// All names that others give a container by linking to it, with their slashes, in order.
    public static List<String> ofOthers(Container child, Collection<Container> all) {
        List<String> names = new ArrayList<>();
        for (Container parent : all) {
            for (Link link : of(parent.record())) {
                if (link.target().equals(child.id()) || link.target().equals(child.name())) {
                    names.add("/" + parent.name() + "/" + link.alias());
                }
            }
        }
        names.sort(null);
        return names;
    }

    /// The configuration with links as inspect shows them, `/db:/web/db`; those to containers that
    /// are gone are left out.
    static HostConfig shown(ContainerRecord record, Containers containers) {
        HostConfig host = record.host();
        if (host.network().links().isEmpty()) {
            return host;
        }
        List<String> links = new ArrayList<>();
        for (Link link : of(record)) {
            containers
                    .find(link.target())
                    .ifPresent(c ->
                            links.add(
                                    "/%s:/%s/%s".formatted(c.name(), record.name(), link.alias())));
        }
        return host.withNetwork(host.network().withLinks(links));
    }
}
