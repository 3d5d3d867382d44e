package dev.carafe.engine;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.HostNetworkConfig;
import dev.carafe.engine.config.NamespaceModes;
import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.Containers;
import java.util.List;
import java.util.Optional;

/// The other containers that a new one refers to. They are kept by their ids, so that they may be
/// renamed.
final class References {
    private static final String CONTAINER = "container:";
    private final Containers containers;

    References(Containers containers) {
        this.containers = containers;
    }

    /// @return the same with ids for names; whose network it joins need not be there before the
    ///   start
    /// @throws InvalidArgument there is no such container. Not as "not found": clients would take
    ///   it for a missing image.
    HostConfig resolved(HostConfig host) {
        HostNetworkConfig network = host.network();
        NamespaceModes modes = host.namespaces();
        boolean lazily = !List.of("", "default", "bridge").contains(network.mode());
        List<String> links = network.links().stream().map(text -> link(text, lazily)).toList();
        return host.withNetwork(network.withMode(joinedLater(network.mode())).withLinks(links))
                .withNamespaces(modes.joining(joined(modes.pid()), joined(modes.ipc())));
    }

    /// @throws InvalidArgument `No such container: x`
    Container get(String ref) {
        try {
            return containers.get(ref);
        } catch (NotFound e) {
            throw new InvalidArgument(e.subject(), e.text(), e);
        }
    }

    private String joined(String mode) {
        return mode.startsWith(CONTAINER)
                ? CONTAINER + get(mode.substring(CONTAINER.length())).id()
                : mode;
    }

    private String joinedLater(String mode) {
        Optional<Container> other =
                mode.startsWith(CONTAINER)
                        ? containers.find(mode.substring(CONTAINER.length()))
                        : Optional.empty();
        return other.map(c -> CONTAINER + c.id()).orElse(mode);
    }

    /// @param text `container[:alias]`
    /// @param lazily a container need not be there: on networks with names these find it
    private String link(String text, boolean lazily) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        try {
            return get(name).id() + ":" + text.substring(colon + 1);
        } catch (InvalidArgument e) {
            if (lazily) {
                return text;
            }
            throw new InvalidArgument(
                    e.subject(), "could not get container for " + name + ": " + e.text(), e);
        }
    }
}
