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
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Puts containers on bridges and takes them off: addresses and ports first, then the record, then
/// devices and rules, so that whatever a crash leaves is on record. Each step has its undo.
final class Attacher {
    private final BridgeNetworks bridges;
    private final Attachments attachments;
    private final NameServers names;
    private final UnaryOperator<NetworkRecord> activate;

    /// @param activate brings a network up and gives its record with what was chosen for it
    Attacher(
            BridgeNetworks bridges,
            Attachments attachments,
            NameServers names,
            UnaryOperator<NetworkRecord> activate) {
        this.bridges = bridges;
        this.attachments = attachments;
        this.names = names;
        this.activate = activate;
    }

    /// A container that starts.
    ///
    /// @param networks those of the request's joins, in their order
    FreshNetns attach(AttachRequest request, List<NetworkRecord> networks) {
        try (Undo undo = new Undo()) {
            List<NetworkRecord> active = networks.stream().map(activate).toList();
            FreshNetns fresh = bridges.takeNetns(active.stream().anyMatch(NetworkNames::isNamed));
            undo.push(fresh::close);
            List<Endpoint> endpoints = new ArrayList<>();
            for (int i = 0; i < active.size(); i++) {
                JoinRequest join = request.joins().get(i);
                String name = interfaceName(join, endpoints);
                Endpoint endpoint =
                        bridges.reserve(
                                active.get(i),
                                join,
                                i == 0 ? fresh.device() : bridges.wire(fresh.netns(), name),
                                name);
                undo.push(() -> bridges.release(endpoint));
                endpoints.add(endpoint);
            }
            Optional<Endpoint> gateway = Gateways.v4(endpoints);
            List<PortBinding> ports =
                    take(request.containerName(), gateway, request.ports(), List.of());
            undo.push(() -> bridges.ports().release(ports));
            attachments.add(
                    AttachmentRecord.of(
                            attachments.bootId(),
                            request.containerId(),
                            endpoints,
                            ports,
                            request.ports(),
                            request.resolver()));
            undo.push(() -> attachments.remove(request.containerId()));
            for (Endpoint endpoint : endpoints) {
                boolean leads = gateway.filter(endpoint::equals).isPresent();
                String found =
                        endpoint.device().equals(fresh.device())
                                ? BridgeDriver.CONTAINER_DEVICE
                                : endpoint.interfaceName();
                bridges.plug(fresh.route(), endpoint, found, leads && !ports.isEmpty(), leads);
            }
            gateway.ifPresent(g -> bridges.open(ports, g));
            undo.push(() -> names.stop(request.containerId()));
            names.serve(recordOf(request.containerId()), fresh.netns(), fresh.names());
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
            String name = interfaceName(join, before.endpoints());
            String device = bridges.wire(netns, name);
            undo.push(() -> bridges.unwire(device));
            Endpoint endpoint = bridges.reserve(active, join, device, name);
            undo.push(() -> bridges.unplug(endpoint));
            List<Endpoint> endpoints = new ArrayList<>(before.endpoints());
            endpoints.removeIf(e -> e.driver().equals("null"));
            endpoints.add(endpoint);
            AttachmentRecord after = before.with(endpoints, before.ports());
            attachments.replace(after);
            undo.push(() -> attachments.replace(before));
            boolean leads = Gateways.v4(endpoints).filter(endpoint::equals).isPresent();
            bridges.plug(inside, endpoint, name, false, leads);
            movePorts(containerName, before, after);
            names.serve(after, netns, null);
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
        if (!endpoint.device().isEmpty()) {
            bridges.unplug(endpoint);
        }
        Optional<Endpoint> gateway = Gateways.v4(left);
        if (gateway.isPresent() && !gateway.equals(Gateways.v4(before.endpoints()))) {
            try (NetlinkSocket inside = Namespaces.inNetns(netns, NetlinkSocket::route)) {
                BridgeDriver.route(inside, gateway.get());
            }
        }
        movePorts(containerName, before, after);
        return endpoint;
    }

    /// Published ports follow the default route.
    private void movePorts(String containerName, AttachmentRecord before, AttachmentRecord after) {
        Optional<Endpoint> from = Gateways.v4(before.endpoints());
        Optional<Endpoint> to = Gateways.v4(after.endpoints());
        if (from.equals(to) || after.wantedPorts().isEmpty()) {
            return;
        }
        from.ifPresent(f -> bridges.ports().close(before.ports(), f));
        if (to.isEmpty()) {
            bridges.ports().release(before.ports());
            attachments.replace(after.with(after.endpoints(), List.of()));
            return;
        }
        List<PortBinding> ports = take(containerName, to, after.wantedPorts(), before.ports());
        attachments.replace(after.with(after.endpoints(), ports));
        bridges.hairpin(to.get(), true);
        bridges.open(ports, to.get());
    }

    /// Takes ports for an endpoint, unless there are some already.
    private List<PortBinding> take(
            String containerName,
            Optional<Endpoint> endpoint,
            List<PortBinding> wanted,
            List<PortBinding> taken) {
        if (endpoint.isEmpty() || wanted.isEmpty() || !taken.isEmpty()) {
            return taken;
        }
        try {
            return bridges.ports().take(wanted, bridges.bindAddress(endpoint.get()));
        } catch (Internal e) {
            throw new Internal(
                    new Subject("container", containerName),
                    "driver failed programming external connectivity on endpoint "
                            + containerName
                            + " ("
                            + endpoint.get().endpointId()
                            + "): "
                            + e.text(),
                    e);
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

    /// The wanted name, or the first free one of eth0, eth1, ...
    private static String interfaceName(JoinRequest join, List<Endpoint> others) {
        String wanted = join.interfaceName();
        if (wanted != null && !wanted.isEmpty()) {
            return wanted;
        }
        Set<String> taken =
                others.stream().map(Endpoint::interfaceName).collect(Collectors.toSet());
        int number = 0;
        while (taken.contains("eth" + number)) {
            number++;
        }
        return "eth" + number;
    }

    /// Frees all that a container has.
    void detach(AttachmentRecord record) {
        names.stop(record.containerId());
        Gateways.v4(record.endpoints())
                .ifPresent(gateway -> bridges.ports().close(record.ports(), gateway));
        bridges.ports().release(record.ports());
        record.endpoints().stream().filter(e -> !e.device().isEmpty()).forEach(bridges::release);
        attachments.remove(record.containerId());
    }
}
