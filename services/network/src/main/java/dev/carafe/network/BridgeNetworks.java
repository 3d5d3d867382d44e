package dev.carafe.network;

import dev.carafe.base.Ids;
import dev.carafe.base.Internal;
import dev.carafe.base.NotImplemented;
import dev.carafe.base.Subject;
import dev.carafe.base.Undo;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.netlink.NetlinkSocket;
import dev.carafe.network.BridgeSetup.Active;
import dev.carafe.network.Firewall.Published;
import dev.carafe.network.Firewall.Zone;
import dev.carafe.network.NetnsPool.FreshNetns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The bridge networks of an engine that are in use: devices, addresses, ports and rules.
/// Thread-safe.
final class BridgeNetworks {
    private final NetworkOptions options;
    private final String engineId;
    private final Path stateDir;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, InUse> active = new ConcurrentHashMap<>();
    private final HostPorts hostPorts = new HostPorts();
    private @Nullable Kernel kernel;

    /// What talks to the kernel; opened at the first use.
    private record Kernel(
            NetlinkSocket route,
            NetlinkSocket netfilter,
            BridgeSetup setup,
            BridgeDriver driver,
            DeviceReaper reaper,
            Firewall firewall,
            UdpFlows udp,
            NetnsPool pool) {}

    /// A network that is up.
    private record InUse(Active bridge, Zone zone, AddressAllocator addresses) {}

    /// An address and ports taken for a container, not yet connected.
    record Reserved(AttachmentRecord record, NetworkRecord network, int address, byte[] mac) {}

    /// @param engineId 64 hex digits, unique to the engine
    BridgeNetworks(NetworkOptions options, String engineId, Path stateDir) {
        this.options = options;
        this.stateDir = stateDir;
        this.engineId = engineId;
    }

    /// Runs work that chooses a subnet while nobody else does; it is given those that the host
    /// uses.
    <T> T choosing(Function<List<Subnet>, T> work) {
        lock.lock();
        try {
            return work.apply(kernel().setup().hostSubnets(-1));
        } finally {
            lock.unlock();
        }
    }

    /// Chooses the subnet of the network `bridge` before its first use, so that it can be shown and
    /// no other network gets it. Only looks at the host.
    void plan(NetworkRecord network, Supplier<List<Subnet>> others, Consumer<NetworkRecord> keep) {
        lock.lock();
        try {
            if (!active.containsKey(network.id())) {
                keep.accept(kernel().setup().plan(network, others.get()));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Makes the network's bridge and rules unless it is in use already.
    ///
    /// @param others subnets that it must not overlap
    /// @param keep is given the network with what was chosen for it, before anything refers to that
    NetworkRecord activate(
            NetworkRecord network, Supplier<List<Subnet>> others, Consumer<NetworkRecord> keep) {
        lock.lock();
        try {
            InUse known = active.get(network.id());
            if (known != null) {
                return known.bridge().network();
            }
            InUse fresh = bringUp(network, others.get(), keep);
            active.put(network.id(), fresh);
            return fresh.bridge().network();
        } finally {
            lock.unlock();
        }
    }

    private InUse bringUp(
            NetworkRecord network, List<Subnet> others, Consumer<NetworkRecord> keep) {
        Kernel k = kernel();
        InUse up = prepare(k.setup().activate(network, others));
        keep.accept(up.bridge().network());
        if (options.ipForward()) {
            BridgeDriver.enableForwarding();
        }
        if (options.firewall()) {
            k.firewall().addZone(up.zone());
        }
        return up;
    }

    private InUse prepare(Active bridge) {
        NetworkRecord network = bridge.network();
        boolean standard = network.name().equals("bridge");
        String range = network.ipRange();
        Zone zone =
                new Zone(
                        deviceOf(network),
                        bridge.subnet(),
                        network.flag("enable_ip_masquerade", !standard || options.masquerade())
                                && !network.internal(),
                        network.flag("enable_icc", !standard || options.interContainer()),
                        network.internal());
        AddressAllocator addresses =
                new AddressAllocator(
                        bridge.subnet(),
                        range == null ? bridge.subnet() : Subnet.parse(range),
                        bridge.gateway());
        return new InUse(bridge, zone, addresses);
    }

    private static String deviceOf(NetworkRecord network) {
        String device = network.bridge();
        if (device == null) {
            throw new IllegalStateException("network " + network.name() + " is not up");
        }
        return device;
    }

    /// A namespace with a pair of devices, to be connected.
    FreshNetns takeNetns() {
        return kernel().pool().take();
    }

    /// Takes an address and the host's ports.
    ///
    /// @param device the host's end of the pair that the container gets
    Reserved reserve(NetworkRecord network, AttachRequest request, String device) {
        String endpointId = Ids.random();
        lock.lock();
        try (Undo undo = new Undo()) {
            InUse inUse = inUse(network.id());
            int address = takeAddress(inUse, request.ip());
            undo.push(() -> inUse.addresses().release(address));
            List<PortBinding> ports = new ArrayList<>();
            for (PortBinding wanted : request.ports()) {
                PortBinding taken = hostPorts.take(withAddress(wanted));
                ports.add(taken);
                undo.push(() -> hostPorts.release(taken));
            }
            String wantedMac = request.mac();
            byte[] mac =
                    wantedMac == null || wantedMac.isEmpty()
                            ? MacAddress.of(address)
                            : MacAddress.parse(wantedMac);
            Endpoint endpoint =
                    new Endpoint(
                            network.id(),
                            network.name(),
                            endpointId,
                            Subnet.format(address),
                            inUse.bridge().subnet().prefixLength(),
                            network.internal() ? "" : Subnet.format(inUse.bridge().gateway()),
                            MacAddress.format(mac),
                            BridgeDriver.CONTAINER_DEVICE);
            AttachmentRecord record =
                    new AttachmentRecord(
                            StateFiles.currentBoot(),
                            request.containerId(),
                            device,
                            List.of(endpoint),
                            ports);
            undo.keep();
            return new Reserved(record, network, address, mac);
        } catch (Internal e) {
            throw new Internal(
                    new Subject("container", request.containerId()),
                    "driver failed programming external connectivity on endpoint "
                            + request.containerName()
                            + " ("
                            + endpointId
                            + "): "
                            + e.text(),
                    e);
        } finally {
            lock.unlock();
        }
    }

    private static int takeAddress(InUse inUse, @Nullable String wanted) {
        if (wanted == null || wanted.isEmpty()) {
            return inUse.addresses().allocate();
        }
        int address = Subnet.parseAddress(wanted);
        inUse.addresses().reserve(address);
        return address;
    }

    private PortBinding withAddress(PortBinding wanted) {
        if (!options.firewall()) {
            throw new NotImplemented("published ports need the engine's own firewall rules");
        }
        String ip = wanted.hostIp().isEmpty() ? options.bindAddress() : wanted.hostIp();
        return new PortBinding(wanted.containerPort(), wanted.protocol(), ip, wanted.hostPort());
    }

    /// Makes the devices and opens the ports.
    void connect(FreshNetns netns, Reserved reserved) {
        Kernel k = kernel();
        try {
            k.driver().plug(netns, plugOf(reserved));
        } catch (ErrnoException e) {
            if (!bridgeCameBack(reserved.network().id())) {
                throw e;
            }
            k.driver().plug(netns, plugOf(reserved));
        }
        List<Published> ports = published(reserved.record());
        if (!ports.isEmpty()) {
            BridgeDriver.allowLocalhost(inUse(reserved.network().id()).zone().bridge());
            k.firewall().publish(ports);
            k.udp().forgetBefore(ports);
        }
    }

    private BridgeDriver.Plug plugOf(Reserved reserved) {
        InUse inUse = inUse(reserved.network().id());
        Active bridge = inUse.bridge();
        return new BridgeDriver.Plug(
                bridge.index(),
                bridge.mtu(),
                reserved.address(),
                bridge.subnet().prefixLength(),
                bridge.gateway(),
                reserved.mac(),
                !inUse.zone().interContainer(),
                !reserved.record().ports().isEmpty(),
                !reserved.network().internal());
    }

    /// Makes a bridge again that somebody has removed.
    ///
    /// @return false when it was not missing
    private boolean bridgeCameBack(String networkId) {
        lock.lock();
        try {
            InUse known = inUse(networkId);
            Active again = kernel().setup().activate(known.bridge().network(), List.of());
            if (again.index() == known.bridge().index()
                    || !again.subnet().equals(known.bridge().subnet())) {
                return false;
            }
            active.put(networkId, new InUse(again, known.zone(), known.addresses()));
            return true;
        } finally {
            lock.unlock();
        }
    }

    private InUse inUse(String networkId) {
        lock.lock();
        try {
            InUse found = active.get(networkId);
            if (found == null) {
                throw new IllegalStateException("network " + networkId + " is not up");
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    private static List<Published> published(AttachmentRecord record) {
        int address = Subnet.parseAddress(record.endpoints().getFirst().ipAddress());
        return record.ports().stream().map(p -> new Published(p, address)).toList();
    }

    /// Closes the ports and frees address and ports for others. The device goes a moment later.
    void release(AttachmentRecord record) {
        if (record.device().isEmpty()) {
            return;
        }
        Kernel k = kernel();
        if (!record.ports().isEmpty()) {
            k.firewall().withdraw(published(record));
            k.udp().forgetAfter(published(record));
        }
        k.reaper().add(record.device());
        lock.lock();
        try {
            record.ports().forEach(hostPorts::release);
            for (Endpoint endpoint : record.endpoints()) {
                InUse inUse = active.get(endpoint.networkId());
                if (inUse != null) {
                    inUse.addresses().release(Subnet.parseAddress(endpoint.ipAddress()));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Takes over what live containers have, in one transaction, and drops the rest.
    void recover(
            List<AttachmentRecord> live,
            Map<String, NetworkRecord> networks,
            Consumer<NetworkRecord> keep) {
        Kernel k = kernel();
        Set<String> devices =
                live.stream().map(AttachmentRecord::device).collect(Collectors.toSet());
        k.driver().unplugAllBut(devices);
        if (networks.isEmpty()) {
            k.firewall().delete();
            return;
        }
        lock.lock();
        try {
            for (NetworkRecord network : networks.values()) {
                InUse up = prepare(k.setup().activate(network, List.of()));
                keep.accept(up.bridge().network());
                active.put(network.id(), up);
            }
            List<Published> ports = new ArrayList<>();
            live.stream()
                    .filter(r -> !r.device().isEmpty())
                    .forEach(r -> ports.addAll(restore(k, r)));
            if (options.ipForward()) {
                BridgeDriver.enableForwarding();
            }
            if (options.firewall()) {
                k.firewall().restore(active.values().stream().map(InUse::zone).toList(), ports);
            }
        } finally {
            lock.unlock();
        }
    }

    private List<Published> restore(Kernel k, AttachmentRecord record) {
        for (Endpoint endpoint : record.endpoints()) {
            InUse inUse = inUse(endpoint.networkId());
            inUse.addresses().reserve(Subnet.parseAddress(endpoint.ipAddress()));
            k.driver()
                    .rejoin(record.device(), inUse.bridge().index(), inUse.bridge().mtu());
            if (!record.ports().isEmpty()) {
                BridgeDriver.allowLocalhost(inUse.zone().bridge());
            }
        }
        record.ports().forEach(hostPorts::restore);
        return published(record);
    }

    /// Removes a network's bridge and its part of the rules.
    void deactivate(NetworkRecord network) {
        lock.lock();
        try {
            InUse inUse = active.remove(network.id());
            if (inUse != null && options.firewall()) {
                kernel().firewall().removeZone(inUse.zone());
            }
            if (network.bridge() != null) {
                kernel().setup().remove(network);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Closes all; the networks given are idle, and all there are: their devices and the rules are
    /// removed.
    void close(List<NetworkRecord> idle) {
        lock.lock();
        try (Undo closing = new Undo()) {
            hostPorts.close();
            Kernel k = kernel;
            if (k == null) {
                return;
            }
            closing.push(k.route()::close);
            closing.push(k.netfilter()::close);
            k.pool().close();
            k.reaper().close();
            if (!idle.isEmpty()) {
                k.firewall().delete();
                idle.forEach(k.setup()::remove);
            }
            active.clear();
        } finally {
            lock.unlock();
        }
    }

    /// The options with what the daemon's settings add, as docker shows them.
    Map<String, String> shownOptions(NetworkRecord network) {
        Map<String, String> shown = new TreeMap<>(network.options());
        if (network.name().equals("bridge")) {
            String device = network.bridge();
            String prefix = "com.docker.network.bridge.";
            shown.put(prefix + "default_bridge", "true");
            shown.put(prefix + "enable_icc", Boolean.toString(options.interContainer()));
            shown.put(prefix + "enable_ip_masquerade", Boolean.toString(options.masquerade()));
            shown.put(prefix + "host_binding_ipv4", options.bindAddress());
            String wanted = options.bridgeName();
            shown.put(
                    prefix + "name", device != null ? device : wanted != null ? wanted : "carafe0");
            InUse inUse = active.get(network.id());
            Integer configured = options.mtu();
            int mtu = inUse != null ? inUse.bridge().mtu() : configured != null ? configured : 1500;
            shown.put("com.docker.network.driver.mtu", Integer.toString(mtu));
        }
        return shown;
    }

    private Kernel kernel() {
        lock.lock();
        try {
            Kernel known = kernel;
            if (known == null) {
                NetlinkSocket route = NetlinkSocket.route();
                NetlinkSocket netfilter = NetlinkSocket.netfilter();
                BridgeDriver driver = new BridgeDriver(route, engineId.substring(0, 4));
                known =
                        new Kernel(
                                route,
                                netfilter,
                                new BridgeSetup(
                                        route,
                                        options,
                                        new BridgeOwner(netfilter, engineId, stateDir)),
                                driver,
                                new DeviceReaper(driver::unplug),
                                new Firewall(netfilter, BridgeOwner.tableName(engineId)),
                                new UdpFlows(route, netfilter),
                                new NetnsPool(
                                        options.pooledNamespaces(),
                                        (netns, unused) -> driver.wire(netns)));
                kernel = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }
}
