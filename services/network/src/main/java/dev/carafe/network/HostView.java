package dev.carafe.network;

import dev.carafe.linux.netlink.InterfaceAddress;
import dev.carafe.linux.netlink.Link;
import dev.carafe.linux.netlink.Route;
import dev.carafe.linux.netlink.RtNetlink;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The host's devices, addresses and routes at one moment, each listed at its first use. Many
/// networks can be looked after with one view. Not thread-safe.
final class HostView {
    private final RtNetlink route;
    private @Nullable List<Link> links;
    private @Nullable Map<String, Link> byName;
    private @Nullable Set<Integer> masters;
    private @Nullable List<InterfaceAddress> addresses;
    private @Nullable List<Route> routes;

    HostView(RtNetlink route) {
        this.route = route;
    }

    List<Link> links() {
        List<Link> known = links;
        if (known == null) {
            known = route.links();
            links = known;
        }
        return known;
    }

    Optional<Link> link(String name) {
        Map<String, Link> known = byName;
        if (known == null) {
            known = new HashMap<>();
            for (Link link : links()) {
                known.put(link.name(), link);
            }
            byName = known;
        }
        return Optional.ofNullable(known.get(name));
    }

    /// Whether a bridge has devices.
    boolean hasPorts(Link bridge) {
        Set<Integer> known = masters;
        if (known == null) {
            known = new HashSet<>();
            for (Link link : links()) {
                known.add(link.master());
            }
            masters = known;
        }
        return known.contains(bridge.index());
    }

    List<InterfaceAddress> addresses() {
        List<InterfaceAddress> known = addresses;
        if (known == null) {
            known = route.addresses();
            addresses = known;
        }
        return known;
    }

    List<Route> routes() {
        List<Route> known = routes;
        if (known == null) {
            known = route.routes();
            routes = known;
        }
        return known;
    }

    /// What was listed is no longer true.
    void forget() {
        links = null;
        byName = null;
        masters = null;
        addresses = null;
        routes = null;
    }
}
