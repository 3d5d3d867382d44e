package dev.carafe.network;

import dev.carafe.base.Internal;
import dev.carafe.base.PermissionDenied;
import dev.carafe.base.Subject;
import dev.carafe.base.Undo;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Namespaces;
import dev.carafe.linux.netlink.NetlinkSocket;
import dev.carafe.network.NetnsPool.FreshNetns;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Puts containers on bridges and takes them off: addresses and ports first, then the record, then
/// devices and rules, so that whatever a crash leaves is on record. Each step has its undo.
final class Attacher {
    private final BridgeNetworks bridges;
    private final Attachments attachments;
    private final NameServers servers;
    private final Publisher publisher;
    private final UnaryOperator<NetworkRecord> activate;

    /// @param activate brings a network up and gives its record with what was chosen for it
    Attacher(
            BridgeNetworks bridges,
            Attachments attachments,
            NameServers servers,
            UnaryOperator<NetworkRecord> activate) {
        this.bridges = bridges;
        this.attachments = attachments;
        this.servers = servers;
        this.publisher = new Publisher(bridges, attachments);
        this.activate = activate;
    }

    /// A container that starts.
    ///
    /// @param networks those of the request's joins, in their order
    FreshNetns attach(AttachRequest request, List<NetworkRecord> networks) {
        try (Undo undo = new Undo()) {
            List<NetworkRecord> active = networks.stream().map(activate).toList();
            Fd own = request.netns();
            FreshNetns fresh = own == null ? bridges.takeNetns(active) : NetnsPool.adopt(own);
            undo.push(fresh::close);
            List<Endpoint> endpoints = new ArrayList<>();
            List<String> names = InterfaceNames.of(request.joins());
            for (int i = 0; i < active.size(); i++) {
                JoinRequest join = request.joins().get(i);
                String name = names.get(i);
                Endpoint endpoint =
                        bridges.reserve(
                                active.get(i),
                                join,
                                i == 0 && !fresh.device().isEmpty()
                                        ? fresh.device()
                                        : bridges.wire(active.get(i), fresh.netns(), wired(name)),
                                name);
                undo.push(() -> bridges.release(endpoint));
                endpoints.add(endpoint);
            }
            Ways ways = Ways.of(endpoints);
            List<PortBinding> ports =
                    publisher.take(request.containerName(), ways, request.ports());
            undo.push(() -> bridges.ports().release(ports));
            attachments.add(
                    AttachmentRecord.of(
                                    attachments.bootId(),
                                    request.containerId(),
                                    endpoints,
                                    ports,
                                    request.ports(),
                                    request.resolver())
                            .linkedTo(request.links()));
            undo.push(() -> attachments.remove(request.containerId()));
            for (Endpoint endpoint : endpoints) {
                String found =
                        !endpoint.device().isEmpty() && endpoint.device().equals(fresh.device())
                                ? BridgeDriver.CONTAINER_DEVICE
                                : wired(endpoint.interfaceName());
                boolean published = ways.leadThrough(endpoint) && !ports.isEmpty();
                allowSix(fresh.netns(), endpoint, found);
                bridges.plug(fresh.route(), endpoint, found, published, ways);
            }
            bridges.open(ports, ways);
            bridges.pass(attachments::all);
            undo.push(() -> servers.stop(request.containerId()));
            servers.serve(recordOf(request.containerId()), fresh.netns(), fresh.names());
            undo.keep();
            return fresh;
        }
    }

    /// A further network for a container that runs.
    ///
    /// @param netns the container's
    /// @throws PermissionDenied it is on the network already
    Endpoint connect(
            String containerId,
            String containerName,
            Fd netns,
            JoinRequest join,
            NetworkRecord network) {
        AttachmentRecord before = recordOf(containerId);
        if (before.on(network.id()).isPresent()) {
            throw new PermissionDenied(
                    new Subject("network", network.name()),
                    "endpoint with name "
                            + containerName
                            + " already exists in network "
                            + network.name());
        }
        try (Undo undo = new Undo();
                NetlinkSocket inside = Namespaces.inNetns(netns, NetlinkSocket::route)) {
            NetworkRecord active = activate.apply(network);
            String name = InterfaceNames.of(join, before.endpoints());
            String device = bridges.wire(active, netns, name);
            undo.push(() -> bridges.unwire(device, inside, name));
            Endpoint endpoint = bridges.reserve(active, join, device, name);
            undo.push(() -> bridges.free(endpoint));
            List<Endpoint> endpoints = new ArrayList<>(before.endpoints());
            endpoints.removeIf(e -> e.driver().equals("null"));
            endpoints.add(endpoint);
            AttachmentRecord after = before.with(endpoints, before.ports());
            attachments.replace(after);
            undo.push(() -> attachments.replace(before));
            allowSix(netns, endpoint, name);
            bridges.plug(inside, endpoint, name, false, Ways.of(endpoints));
            movePorts(containerName, before, after);
            servers.serve(after, netns, null);
            undo.keep();
            return endpoint;
        }
    }

    /// A running container leaves a network.
    ///
    /// @throws Internal it is not on it
    Endpoint disconnect(String containerId, String containerName, Fd netns, NetworkRecord network) {
        AttachmentRecord before = recordOf(containerId);
        Endpoint endpoint =
                before.on(network.id())
                        .orElseThrow(() ->
                                new Internal(
                                        new Subject("container", containerId),
                                        "container "
                                                + containerId
                                                + " is not connected to network "
                                                + network.name()));
        List<Endpoint> left = new ArrayList<>(before.endpoints());
        left.remove(endpoint);
        AttachmentRecord after = before.with(left, before.ports());
        attachments.replace(after);
        if (endpoint.isAddressed()) {
            try (NetlinkSocket inside = Namespaces.inNetns(netns, NetlinkSocket::route)) {
                bridges.unwire(endpoint.device(), inside, endpoint.interfaceName());
            }
            bridges.free(endpoint);
        }
        reroute(netns, Ways.of(before.endpoints()), Ways.of(left));
        movePorts(containerName, before, after);
        return endpoint;
    }

    private static void reroute(Fd netns, Ways from, Ways to) {
        if (from.equals(to) || to.isEmpty()) {
            return;
        }
        try (NetlinkSocket inside = Namespaces.inNetns(netns, NetlinkSocket::route)) {
            for (IpFamily family : IpFamily.values()) {
                to.of(family)
                        .filter(endpoint -> !to.of(family).equals(from.of(family)))
                        .ifPresent(endpoint -> BridgeDriver.route(inside, endpoint, family));
            }
        }
    }

    private static void allowSix(Fd netns, Endpoint endpoint, String device) {
        if (!endpoint.ip6Address().isEmpty()
                || endpoint.linkLocal().stream().anyMatch(a -> a.contains(":"))) {
            BridgeDriver.allowSix(netns, device);
        }
    }

    /// Published ports follow the default route.
    private void movePorts(String containerName, AttachmentRecord before, AttachmentRecord after) {
        if (!Ways.of(before.endpoints()).equals(Ways.of(after.endpoints()))) {
            publisher.change(containerName, before, after);
        }
    }

    private AttachmentRecord recordOf(String containerId) {
        return attachments
                .of(containerId)
                .orElseThrow(() ->
                        new Internal(
                                new Subject("container", containerId),
                                "container " + containerId + " has no network namespace"));
    }

    /// Publishes these ports of a running container, and no others.
    ///
    /// @return as they are published
    List<PortBinding> publish(String containerId, String containerName, List<PortBinding> wanted) {
        AttachmentRecord before = recordOf(containerId);
        return publisher.change(containerName, before, before.wanting(wanted));
    }

    /// What a device is called until its turn comes to be set up: the first one may still have the
    /// name of the prepared pair.
    private static String wired(String name) {
        return name.equals(BridgeDriver.CONTAINER_DEVICE) ? "new-" + name : name;
    }

    /// Frees all that a container has.
    void detach(AttachmentRecord record) {
        servers.stop(record.containerId());
        bridges.ports().close(record.ports(), Ways.of(record.endpoints()));
        bridges.ports().release(record.ports());
        record.endpoints().stream().filter(Endpoint::isAddressed).forEach(bridges::release);
        attachments.remove(record.containerId());
        bridges.pass(attachments::all);
    }
}
