package dev.carafe.network;

import dev.carafe.base.Conflict;
import dev.carafe.base.Subject;
import dev.carafe.linux.netlink.AddressMessages;
import dev.carafe.linux.netlink.InterfaceAddress;
import dev.carafe.linux.netlink.Link;
import dev.carafe.linux.netlink.LinkMessages;
import dev.carafe.linux.netlink.Message;
import dev.carafe.linux.netlink.NetlinkSocket;
import dev.carafe.linux.netlink.RtNetlink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds or makes the bridge device of a network. A device made here carries the network's id in
/// its alias, so that engines on one host can tell theirs apart, also after a crash.
final class BridgeSetup {
    static final String DEFAULT_NAME = "carafe";
    private static final int DEFAULT_MTU = 1500;
    private static final String NAME_OPTION = "com.docker.network.bridge.name";
    private static final String MTU_OPTION = "com.docker.network.driver.mtu";

    private final NetlinkSocket socket;
    private final RtNetlink route;
    private final NetworkOptions options;
    private final Placement placement;
    private final BridgeOwner owner;

    /// @param owner this engine's bridges carry its mark
    BridgeSetup(
            NetlinkSocket socket, NetworkOptions options, Placement placement, BridgeOwner owner) {
        this.socket = socket;
        this.placement = placement;
        this.owner = owner;
        this.route = new RtNetlink(socket);
        this.options = options;
    }

    /// A bridge that is up.
    ///
    /// @param network with its device and subnets filled in
    record Active(NetworkRecord network, int index, int mtu, List<Place> places) {}

    /// Idempotent.
    ///
    /// @param others subnets of this engine's other networks
    /// @throws Conflict when the device belongs to another engine or can't be used
    Active activate(NetworkRecord network, List<Subnet> others) {
        HostView host = look();
        dropAbandoned(host);
        return activate(network, others, host);
    }

    /// What the host has now.
    HostView look() {
        return new HostView(route);
    }

    /// The same with what is known of the host, which is brought up to date.
    Active activate(NetworkRecord network, List<Subnet> others, HostView host) {
        String name = deviceName(network, host);
        Optional<Link> existing = host.link(name);
        if (existing.isPresent() && isOfAnotherEngine(existing.get(), network)) {
            takeOver(existing.get(), host);
            existing = Optional.empty();
        }
        boolean foreign = existing.isPresent() && !BridgeOwner.isOf(existing.get(), network.id());
        int known = existing.map(Link::index).orElse(-1);
        List<Place> places =
                foreign
                        ? placement.on(existing.orElseThrow(), network, host)
                        : placement.of(network, known, others, host);
        List<Place> own = ownPlaces(network, places);
        if (existing.isPresent()
                && !foreign
                && !host.hasPorts(existing.get())
                && !hasAddresses(existing.get(), own, host)) {
            // the daemon's settings were changed
            socket.run(LinkMessages.delete(name));
            host.forget();
            existing = Optional.empty();
        }
        int mtu = mtu(network, host);
        Link link = existing.orElseGet(() -> create(name, mtu, network));
        if (!link.isUp() || !hasAddresses(link, own, host)) {
            if (!foreign) {
                BridgeSysctls.prepare(name, places.stream().anyMatch(BridgeSetup::isSix));
            }
            finish(link, own);
            host.forget();
        }
        return new Active(
                network.on(name, foreign, places),
                link.index(),
                foreign ? link.mtu() : mtu,
                places);
    }

    private static boolean isSix(Place place) {
        return place.family() == IpFamily.V6;
    }

    /// The addresses that the bridge itself gets: none where the network is to be without.
    private static List<Place> ownPlaces(NetworkRecord network, List<Place> places) {
        return places.stream()
                .filter(p -> network.mode(p.family()) != GatewayMode.ISOLATED)
                .filter(p -> isSix(p) || !network.flag("inhibit_ipv4", false))
                .toList();
    }

    /// What {@link #activate} would choose now, without making anything.
    NetworkRecord plan(NetworkRecord network, List<Subnet> others) {
        HostView host = look();
        Optional<Link> existing = host.link(deviceName(network, host));
        int known = existing.map(Link::index).orElse(-1);
        List<Place> places =
                existing.filter(l -> !BridgeOwner.isMarked(l))
                        .map(l -> placement.on(l, network, host))
                        .orElseGet(() -> placement.of(network, known, others, host));
        return network.on(null, false, places);
    }

    private String deviceName(NetworkRecord network, HostView host) {
        String wanted = explicitName(network);
        if (wanted != null) {
            return wanted;
        }
        if (!network.name().equals("bridge")) {
            return "br-" + network.id().substring(0, 12);
        }
        String recorded = network.bridge();
        if (recorded != null && isFree(recorded, network, host)) {
            return recorded;
        }
        int number = 0;
        while (!isFree(DEFAULT_NAME + number, network, host)) {
            number++;
        }
        return DEFAULT_NAME + number;
    }

    private @Nullable String explicitName(NetworkRecord network) {
        return network.name().equals("bridge")
                ? options.bridge().name()
                : network.options().get(NAME_OPTION);
    }

    private static boolean isFree(String name, NetworkRecord network, HostView host) {
        return host.link(name).filter(l -> !BridgeOwner.isOf(l, network.id())).isEmpty();
    }

    private static boolean isOfAnotherEngine(Link link, NetworkRecord network) {
        return BridgeOwner.isMarked(link) && !BridgeOwner.isOf(link, network.id());
    }

    /// Removes bridges of engines whose state was deleted, and the rules that belong to them.
    void dropAbandoned(HostView host) {
        List<Link> abandoned =
                host.links().stream()
                        .filter(l -> BridgeOwner.isAbandoned(l) && !host.hasPorts(l))
                        .toList();
        abandoned.forEach(this::remove);
        if (!abandoned.isEmpty()) {
            host.forget();
        }
    }

    private static boolean hasAddresses(Link link, List<Place> places, HostView host) {
        return places.stream()
                .map(p ->
                        new InterfaceAddress(link.index(), p.gateway(), p.subnet().prefixLength()))
                .allMatch(host.addresses()::contains);
    }

    private void takeOver(Link link, HostView host) {
        if (host.hasPorts(link)) {
            throw new Conflict(
                    new Subject("network", link.name()),
                    "bridge " + link.name() + " is in use by another engine; choose another name");
        }
        remove(link);
        host.forget();
    }

    private void remove(Link link) {
        owner.dropRules(link);
        socket.run(LinkMessages.delete(link.name()));
    }

    /// Where the host's routes, addresses and name servers are.
    List<Subnet> hostSubnets() {
        return Placement.hostSubnets(-1, look());
    }

    private int mtu(NetworkRecord network, HostView host) {
        String wanted = network.options().get(MTU_OPTION);
        if (wanted != null) {
            return Integer.parseInt(wanted);
        }
        Integer configured = options.mtu();
        if (configured != null) {
            return configured;
        }
        // larger packets than the host's own would be lost where no ICMP comes back
        return host.routes().stream()
                .filter(r -> r.isDefault() && !r.six())
                .flatMap(r -> host.links().stream().filter(l -> l.index() == r.linkIndex()))
                .mapToInt(Link::mtu)
                .filter(m -> m > 0)
                .min()
                .stream()
                .map(m -> Math.min(m, DEFAULT_MTU))
                .findFirst()
                .orElse(DEFAULT_MTU);
    }

    private Link create(String name, int mtu, NetworkRecord network) {
        byte[] mac = MacAddress.random();
        socket.run(
                LinkMessages.createBridge(name, mac, mtu),
                LinkMessages.aliasByName(name, owner.mark(network.id())));
        return route.link(name).orElseThrow(() -> new Conflict("bridge " + name + " was removed"));
    }

    private void finish(Link link, List<Place> places) {
        List<Message> messages = new ArrayList<>();
        for (Place place : places) {
            messages.add(
                    AddressMessages.add(
                            link.index(), place.gateway(), place.subnet().prefixLength()));
        }
        if (!link.isUp()) {
            messages.add(LinkMessages.up(link.index()));
        }
        if (!messages.isEmpty()) {
            socket.run(messages);
        }
    }

    /// Removes the device if it was made here.
    void remove(NetworkRecord network) {
        String name = network.bridge();
        if (name != null && !network.foreignBridge()) {
            route.link(name)
                    .filter(l -> BridgeOwner.isOf(l, network.id()))
                    .ifPresent(l -> socket.run(LinkMessages.delete(name)));
        }
    }
}
