package dev.carafe.network;

import dev.carafe.base.Ids;
import dev.carafe.base.Undo;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.netlink.NetlinkSocket;
import dev.carafe.network.BridgeSetup.Active;
import dev.carafe.network.NetnsPool.FreshNetns;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The bridge networks of an engine that are in use: devices, addresses, ports and rules.
/// Thread-safe.
final class BridgeNetworks {

    private final NetworkOptions options;
    private final String engineId;
    private final Path stateDir;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ActiveBridge> active = new ConcurrentHashMap<>();
    private final PublishedPorts ports;

    /// Opened at the first use.
    private @Nullable HostKernel kernel;

    /// @param engineId 64 hex digits, unique to the engine
    BridgeNetworks(NetworkOptions options, String engineId, Path stateDir) {
        this.options = options;
        this.stateDir = stateDir;
        this.engineId = engineId;
        this.ports = new PublishedPorts(options, this::kernel);
    }

    PublishedPorts ports() {
        return ports;
    }

    /// Runs work that chooses a subnet while nobody else does; it is given those that the host
    /// uses.
    <T> T choosing(Function<List<Subnet>, T> work) {
        lock.lock();
        try {
            return work.apply(kernel().setup().hostSubnets());
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
            ActiveBridge known = active.get(network.id());
            if (known != null) {
                return known.bridge().network();
            }
            ActiveBridge fresh = bringUp(network, others.get(), keep);
            active.put(network.id(), fresh);
            return fresh.bridge().network();
        } finally {
            lock.unlock();
        }
    }

    private ActiveBridge bringUp(
            NetworkRecord network, List<Subnet> others, Consumer<NetworkRecord> keep) {
        HostKernel k = kernel();
        ActiveBridge up = ActiveBridge.of(activate(k, network, others), options);
        keep.accept(up.bridge().network());
        if (!network.isBridge()) {
            return up;
        }
        up.forward(options);
        if (options.firewall()) {
            k.firewall().addZone(up.zone());
        }
        return up;
    }

    private static Active activate(HostKernel k, NetworkRecord network, List<Subnet> others) {
        return network.isBridge()
                ? k.setup().activate(network, others)
                : k.subDevices().activate(network, others, k.setup().look());
    }

    /// A new network's devices can be made.
    void probe(NetworkRecord network) {
        if (SubDevices.serves(network.driver())) {
            kernel().subDevices().probe(network, kernel().setup().look());
        }
    }

    /// A namespace for a container of these networks: with a pair of devices when the first is a
    /// bridge, and with a name server's sockets when one has names.
    FreshNetns takeNetns(List<NetworkRecord> networks) {
        boolean named = networks.stream().anyMatch(NetworkNames::isNamed);
        if (!networks.getFirst().isBridge()) {
            try (NetnsPool single = new NetnsPool(0, (netns, unused) -> "", named)) {
                return single.take();
            }
        }
        return named ? kernel().namedPool().take() : kernel().pool().take();
    }

    /// A device for a namespace that is in use.
    ///
    /// @param inside its name there
    /// @return the host's end of the pair, empty where there is none
    String wire(NetworkRecord network, Fd netns, String inside) {
        if (network.isBridge()) {
            return kernel().driver().wire(netns, inside);
        }
        int parent = inUse(network.id()).bridge().index();
        kernel().subDevices().make(network, parent, netns, inside);
        return "";
    }

    /// Removes a device; it may be gone.
    ///
    /// @param device the host's end of the pair, or empty
    /// @param name in the namespace
    void unwire(String device, NetlinkSocket inside, String name) {
        if (device.isEmpty()) {
            BridgeDriver.remove(inside, name);
        } else {
            kernel().driver().unplug(device);
        }
    }

    /// Takes its addresses.
    ///
    /// @param device the host's end of the pair that the container gets
    /// @param interfaceName of the other end
    Endpoint reserve(NetworkRecord network, JoinRequest join, String device, String interfaceName) {
        lock.lock();
        try (Undo undo = new Undo()) {
            ActiveBridge bridge = inUse(network.id());
            List<InetAddress> taken = bridge.take(join);
            undo.push(() -> taken.forEach(bridge::release));
            Endpoint endpoint = bridge.endpoint(Ids.random(), join, taken, device, interfaceName);
            undo.keep();
            return endpoint;
        } finally {
            lock.unlock();
        }
    }

    /// Connects the devices.
    ///
    /// @param inside a socket of the container's namespace
    /// @param found the device's name there now
    /// @param published has published ports
    /// @param ways the default routes of the container
    void plug(NetlinkSocket inside, Endpoint endpoint, String found, boolean published, Ways ways) {
        BridgeDriver driver = kernel().driver();
        try {
            driver.plug(inside, plugOf(endpoint, published), found, ways);
        } catch (ErrnoException e) {
            if (!bridgeCameBack(endpoint.networkId())) {
                throw e;
            }
            driver.plug(inside, plugOf(endpoint, published), found, ways);
        }
    }

    private BridgeDriver.Plug plugOf(Endpoint endpoint, boolean published) {
        return inUse(endpoint.networkId()).plug(endpoint, published);
    }

    /// What wanted ports mean on the networks that lead out.
    PortPlan plan(List<PortBinding> wanted, Ways ways) {
        return PortPlan.of(
                wanted,
                ways,
                endpoint -> inUse(endpoint.networkId()).network(),
                new PortPlan.Host(options.bindAddress(), options.relay(), ports.hasSix()));
    }

    /// Sends ports that were taken to a container.
    void open(List<PortBinding> published, Ways ways) {
        if (!published.isEmpty()) {
            ways.v4()
                    .map(way -> active.get(way.networkId()))
                    .ifPresent(ActiveBridge::allowLocalhost);
            ports.open(published, ways);
        }
    }

    /// Lets containers of `bridge` that are kept apart reach what they are linked to.
    ///
    /// @param attachments all that there are
    void pass(Supplier<List<AttachmentRecord>> attachments) {
        if (options.interContainer() || !options.firewall()) {
            return;
        }
        lock.lock();
        try {
            kernel().firewall().pass(Passage.of(attachments.get()));
        } finally {
            lock.unlock();
        }
    }

    /// An endpoint that had no published ports has some from now on, or the other way round.
    void hairpin(Endpoint endpoint, boolean published) {
        if (endpoint.device().isEmpty()) {
            return;
        }
        ActiveBridge bridge = inUse(endpoint.networkId());
        kernel().driver().hairpin(endpoint.device(), !bridge.zone().interContainer(), published);
    }

    /// Frees the addresses. The device goes a moment later, most often with its namespace.
    void release(Endpoint endpoint) {
        if (!endpoint.device().isEmpty()) {
            kernel().reaper().add(endpoint.device());
        }
        free(endpoint);
    }

    /// Frees the addresses.
    void free(Endpoint endpoint) {
        lock.lock();
        try {
            ActiveBridge inUse = active.get(endpoint.networkId());
            if (inUse != null) {
                endpoint.addresses().forEach(inUse::release);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Makes a bridge again that somebody has removed.
    ///
    /// @return false when it was not missing
    private boolean bridgeCameBack(String networkId) {
        lock.lock();
        try {
            ActiveBridge known = inUse(networkId);
            if (!known.network().isBridge()) {
                return false;
            }
            Active again = kernel().setup().activate(known.bridge().network(), List.of());
            if (again.index() == known.bridge().index()
                    || !again.places().equals(known.bridge().places())) {
                return false;
            }
            active.put(networkId, known.on(again));
            return true;
        } finally {
            lock.unlock();
        }
    }

    private ActiveBridge inUse(String networkId) {
        lock.lock();
        try {
            ActiveBridge found = active.get(networkId);
            if (found == null) {
                throw new IllegalStateException("network " + networkId + " is not up");
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    /// Takes over what live containers have, in one transaction, and drops the rest.
    void recover(
            List<AttachmentRecord> live,
            Map<String, NetworkRecord> networks,
            Consumer<NetworkRecord> keep) {
        HostKernel k = kernel();
        lock.lock();
        try {
            new BridgeRecovery(k, options, active, ports).run(live, networks, keep);
        } finally {
            lock.unlock();
        }
    }

    /// Removes a network's bridge and its part of the rules.
    void deactivate(NetworkRecord network) {
        lock.lock();
        try {
            ActiveBridge inUse = active.remove(network.id());
            if (inUse != null && network.isBridge() && options.firewall()) {
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
            ports.close();
            HostKernel k = kernel;
            if (k == null) {
                return;
            }
            closing.push(k::close);
            k.settle();
            if (!idle.isEmpty()) {
                BridgeRecovery.dropRules(k, options);
                idle.forEach(k.setup()::remove);
            }
            active.clear();
        } finally {
            lock.unlock();
        }
    }

    /// Of the network's device in bytes, 0 when it is not up.
    int mtu(String networkId) {
        ActiveBridge found = active.get(networkId);
        return found == null ? 0 : found.bridge().mtu();
    }

    private HostKernel kernel() {
        lock.lock();
        try {
            HostKernel known = kernel;
            if (known == null) {
                known = HostKernel.open(options, engineId, stateDir);
                kernel = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }
}
