package dev.carafe.network;

import dev.carafe.base.Conflict;
import dev.carafe.base.Subject;
import dev.carafe.linux.netlink.AddressMessages;
import dev.carafe.linux.netlink.InterfaceAddress;
import dev.carafe.linux.netlink.Link;
import dev.carafe.linux.netlink.LinkMessages;
import dev.carafe.linux.netlink.Message;
import dev.carafe.linux.netlink.NetlinkSocket;
import dev.carafe.linux.netlink.Route;
import dev.carafe.linux.netlink.RtNetlink;
import java.security.SecureRandom;
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
    private final BridgeOwner owner;

    /// @param owner this engine's bridges carry its mark
    BridgeSetup(NetlinkSocket socket, NetworkOptions options, BridgeOwner owner) {
        this.socket = socket;
        this.owner = owner;
        this.route = new RtNetlink(socket);
        this.options = options;
    }

    /// A bridge that is up.
    ///
    /// @param network with its device and subnet filled in
    record Active(NetworkRecord network, int index, int mtu, Subnet subnet, int gateway) {}

    /// What the bridge's address is to be.
    private record Place(Subnet subnet, int gateway) {
        static Place first(Subnet subnet) {
            return new Place(subnet, subnet.address() + 1);
        }
    }

    /// Idempotent.
    ///
    /// @param others subnets of this engine's other networks
    /// @throws Conflict when the device belongs to another engine or can't be used
    Active activate(NetworkRecord network, List<Subnet> others) {
        List<Link> links = withoutAbandoned(route.links());
        String name = deviceName(network, links);
        Optional<Link> existing = links.stream().filter(l -> l.name().equals(name)).findFirst();
        if (existing.isPresent() && isOfAnotherEngine(existing.get(), network)) {
            takeOver(existing.get(), links);
            existing = Optional.empty();
        }
        boolean foreign = existing.isPresent() && !BridgeOwner.isOf(existing.get(), network.id());
        int known = existing.map(Link::index).orElse(-1);
        Place place =
                foreign ? placeOf(existing.orElseThrow(), network) : place(network, known, others);
        if (existing.isPresent()
                && !foreign
                && !hasPorts(existing.get(), links)
                && !hasAddress(existing.get(), place)) {
            // the daemon's settings were changed
            socket.run(LinkMessages.delete(name));
            existing = Optional.empty();
        }
        int mtu = mtu(network, links);
        Link link = existing.orElseGet(() -> create(name, mtu, network));
        finish(link, place);
        NetworkRecord active =
                network.on(
                        name, foreign, place.subnet().toString(), Subnet.format(place.gateway()));
        return new Active(
                active, link.index(), foreign ? link.mtu() : mtu, place.subnet(), place.gateway());
    }

    /// What {@link #activate} would choose now, without making anything.
    NetworkRecord plan(NetworkRecord network, List<Subnet> others) {
        List<Link> links = route.links();
        String name = deviceName(network, links);
        Optional<Link> existing = links.stream().filter(l -> l.name().equals(name)).findFirst();
        Place place =
                existing.filter(l -> !BridgeOwner.isMarked(l))
                        .map(l -> placeOf(l, network))
                        .orElseGet(
                                () -> place(network, existing.map(Link::index).orElse(-1), others));
        return network.on(null, false, place.subnet().toString(), Subnet.format(place.gateway()));
    }

    private String deviceName(NetworkRecord network, List<Link> links) {
        String wanted = explicitName(network);
        if (wanted != null) {
            return wanted;
        }
        if (!network.name().equals("bridge")) {
            return "br-" + network.id().substring(0, 12);
        }
        String recorded = network.bridge();
        if (recorded != null && isFree(recorded, network, links)) {
            return recorded;
        }
        int number = 0;
        while (!isFree(DEFAULT_NAME + number, network, links)) {
            number++;
        }
        return DEFAULT_NAME + number;
    }

    private @Nullable String explicitName(NetworkRecord network) {
        return network.name().equals("bridge")
                ? options.bridgeName()
                : network.options().get(NAME_OPTION);
    }

    private static boolean isFree(String name, NetworkRecord network, List<Link> links) {
        return links.stream()
                .noneMatch(l -> l.name().equals(name) && !BridgeOwner.isOf(l, network.id()));
    }

    private static boolean isOfAnotherEngine(Link link, NetworkRecord network) {
        return BridgeOwner.isMarked(link) && !BridgeOwner.isOf(link, network.id());
    }

    /// Removes bridges of engines whose state was deleted, and the rules that belong to them.
    private List<Link> withoutAbandoned(List<Link> links) {
        List<Link> kept = new ArrayList<>();
        for (Link link : links) {
            if (BridgeOwner.isAbandoned(link) && !hasPorts(link, links)) {
                remove(link);
            } else {
                kept.add(link);
            }
        }
        return kept;
    }

    private boolean hasAddress(Link link, Place place) {
        return route.addresses()
                .contains(
                        new InterfaceAddress(
                                link.index(), place.gateway(), place.subnet().prefixLength()));
    }

    private static boolean hasPorts(Link link, List<Link> links) {
        return links.stream().anyMatch(l -> l.master() == link.index());
    }

    private void takeOver(Link link, List<Link> links) {
        if (hasPorts(link, links)) {
            throw new Conflict(
                    new Subject("network", link.name()),
                    "bridge " + link.name() + " is in use by another engine; choose another name");
        }
        remove(link);
    }

    private void remove(Link link) {
        owner.dropRules(link);
        socket.run(LinkMessages.delete(link.name()));
    }

    private Place placeOf(Link link, NetworkRecord network) {
        return route.addresses().stream()
                .filter(a -> a.linkIndex() == link.index())
                .findFirst()
                .map(a ->
                        new Place(
                                Subnet.around(Subnet.format(a.address()) + "/" + a.prefixLength()),
                                a.address()))
                .orElseGet(() -> place(network, link.index(), List.of()));
    }

    private Place place(NetworkRecord network, int known, List<Subnet> others) {
        String address = options.bridgeAddress();
        if (address != null && network.name().equals("bridge")) {
            return new Place(Subnet.around(address), Subnet.addressPart(address));
        }
        List<Subnet> taken = new ArrayList<>(others);
        taken.addAll(hostSubnets(known));
        String recorded = network.subnet();
        String gateway = network.gateway();
        if (recorded != null && gateway != null) {
            Place place = new Place(Subnet.parse(recorded), Subnet.parseAddress(gateway));
            // what a user has chosen is final; what was chosen here may have been taken by the host
            // since
            boolean chosenHere = network.name().equals("bridge");
            if (!chosenHere || known >= 0 || taken.stream().noneMatch(place.subnet()::overlaps)) {
                return place;
            }
        }
        return Place.first(SubnetChooser.choose(options.addressPools(), taken));
    }

    /// Where the host's routes, addresses and name servers are, but for one device.
    List<Subnet> hostSubnets(int exceptLink) {
        List<Subnet> found = new ArrayList<>();
        for (Route r : route.routes()) {
            if (r.prefixLength() > 0 && r.linkIndex() != exceptLink) {
                found.add(new Subnet(r.destination(), r.prefixLength()));
            }
        }
        for (InterfaceAddress a : route.addresses()) {
            if (a.linkIndex() != exceptLink) {
                found.add(Subnet.around(Subnet.format(a.address()) + "/" + a.prefixLength()));
            }
        }
        HostResolver.servers().forEach(server -> found.add(new Subnet(server, 32)));
        return found;
    }

    private int mtu(NetworkRecord network, List<Link> links) {
        String wanted = network.options().get(MTU_OPTION);
        if (wanted != null) {
            return Integer.parseInt(wanted);
        }
        Integer configured = options.mtu();
        if (configured != null) {
            return configured;
        }
        // larger packets than the host's own would be lost where no ICMP comes back
        return route.routes().stream()
                .filter(r -> r.prefixLength() == 0 && r.table() == Route.RT_TABLE_MAIN)
                .flatMap(r -> links.stream().filter(l -> l.index() == r.linkIndex()))
                .mapToInt(Link::mtu)
                .filter(m -> m > 0)
                .min()
                .stream()
                .map(m -> Math.min(m, DEFAULT_MTU))
                .findFirst()
                .orElse(DEFAULT_MTU);
    }

    private Link create(String name, int mtu, NetworkRecord network) {
        byte[] mac = MacAddress.of(new SecureRandom().nextInt());
        socket.run(
                LinkMessages.createBridge(name, mac, mtu),
                LinkMessages.aliasByName(name, owner.mark(network.id())));
        return route.link(name).orElseThrow(() -> new Conflict("bridge " + name + " was removed"));
    }

    private void finish(Link link, Place place) {
        List<Message> messages = new ArrayList<>();
        messages.add(
                AddressMessages.add(link.index(), place.gateway(), place.subnet().prefixLength()));
        if (!link.isUp()) {
            messages.add(LinkMessages.up(link.index()));
        }
        socket.run(messages);
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
