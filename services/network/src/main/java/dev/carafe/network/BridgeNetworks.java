package dev.carafe.network;

import dev.carafe.base.CarafeException;
import dev.carafe.base.Ids;
import dev.carafe.base.Internal;
import dev.carafe.base.NotImplemented;
import dev.carafe.base.Subject;
import dev.carafe.base.Undo;
import dev.carafe.linux.ErrnoException;
import dev.carafe.network.BridgeSetup.Active;
import dev.carafe.network.Firewall.Published;
import dev.carafe.network.NetnsPool.FreshNetns;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private static final System.Logger LOG = System.getLogger(BridgeNetworks.class.getName());

    private final NetworkOptions options;
    private final String engineId;
    private final Path stateDir;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ActiveBridge> active = new ConcurrentHashMap<>();
    private final HostPorts hostPorts = new HostPorts();

    /// Opened at the first use.
    private @Nullable HostKernel kernel;

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
        ActiveBridge up = ActiveBridge.of(k.setup().activate(network, others), options);
        keep.accept(up.bridge().network());
        if (options.ipForward()) {
            BridgeDriver.enableForwarding();
        }
        if (options.firewall()) {
            k.firewall().addZone(up.zone());
        }
        return up;
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
            ActiveBridge bridge = inUse(network.id());
            int address = bridge.take(request.ip());
            undo.push(() -> bridge.addresses().release(address));
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
            AttachmentRecord record =
                    new AttachmentRecord(
                            StateFiles.currentBoot(),
                            request.containerId(),
                            device,
                            List.of(bridge.endpoint(endpointId, address, mac)),
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

    private PortBinding withAddress(PortBinding wanted) {
        if (!options.firewall()) {
            throw new NotImplemented("published ports need the engine's own firewall rules");
        }
        String ip = wanted.hostIp().isEmpty() ? options.bindAddress() : wanted.hostIp();
        return new PortBinding(wanted.containerPort(), wanted.protocol(), ip, wanted.hostPort());
    }

    /// Makes the devices and opens the ports.
    void connect(FreshNetns netns, Reserved reserved) {
        HostKernel k = kernel();
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
        return inUse(reserved.network().id())
                .plug(reserved.address(), reserved.mac(), !reserved.record().ports().isEmpty());
    }

    /// Makes a bridge again that somebody has removed.
    ///
    /// @return false when it was not missing
    private boolean bridgeCameBack(String networkId) {
        lock.lock();
        try {
            ActiveBridge known = inUse(networkId);
            Active again = kernel().setup().activate(known.bridge().network(), List.of());
            if (again.index() == known.bridge().index()
                    || !again.subnet().equals(known.bridge().subnet())) {
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

    private static List<Published> published(AttachmentRecord record) {
        int address = Subnet.parseAddress(record.endpoints().getFirst().ipAddress());
        return record.ports().stream().map(p -> new Published(p, address)).toList();
    }

    /// Closes the ports and frees address and ports for others. The device goes a moment later.
    void release(AttachmentRecord record) {
        if (record.device().isEmpty()) {
            return;
        }
        HostKernel k = kernel();
        if (!record.ports().isEmpty()) {
            k.firewall().withdraw(published(record));
            k.udp().forgetAfter(published(record));
        }
        k.reaper().add(record.device());
        lock.lock();
        try {
            record.ports().forEach(hostPorts::release);
            for (Endpoint endpoint : record.endpoints()) {
                ActiveBridge inUse = active.get(endpoint.networkId());
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
        HostKernel k = kernel();
        Set<String> devices =
                live.stream().map(AttachmentRecord::device).collect(Collectors.toSet());
        k.driver().unplugAllBut(devices);
        if (networks.isEmpty()) {
            dropRules(k);
            return;
        }
        lock.lock();
        try {
            for (NetworkRecord network : networks.values()) {
                ActiveBridge up = ActiveBridge.of(k.setup().activate(network, List.of()), options);
                keep.accept(up.bridge().network());
                active.put(network.id(), up);
            }
            List<Published> ports = new ArrayList<>();
            for (AttachmentRecord record : live) {
                ports.addAll(record.device().isEmpty() ? List.of() : restore(k, record));
            }
            if (options.ipForward()) {
                BridgeDriver.enableForwarding();
            }
            if (options.firewall()) {
                k.firewall()
                        .restore(active.values().stream().map(ActiveBridge::zone).toList(), ports);
            }
        } finally {
            lock.unlock();
        }
    }

    private void dropRules(HostKernel k) {
        if (!options.firewall()) {
            return;
        }
        try {
            k.firewall().delete();
        } catch (ErrnoException e) {
            // without the right to it, or without nf_tables, there are no rules of ours
            LOG.log(Level.DEBUG, "cannot look for old rules", e);
        }
    }

    private List<Published> restore(HostKernel k, AttachmentRecord record) {
        try {
            restoreEndpoints(k, record);
        } catch (CarafeException | ErrnoException e) {
            // one container's trouble must not keep the others, and the engine, from coming back
            LOG.log(Level.WARNING, "cannot restore the network of " + record.containerId(), e);
        }
        record.ports().forEach(hostPorts::restore);
        return published(record);
    }

    private void restoreEndpoints(HostKernel k, AttachmentRecord record) {
        for (Endpoint endpoint : record.endpoints()) {
            ActiveBridge inUse = inUse(endpoint.networkId());
            inUse.addresses().reserve(Subnet.parseAddress(endpoint.ipAddress()));
            k.driver().rejoin(record.device(), inUse.bridge().index(), inUse.bridge().mtu());
            if (!record.ports().isEmpty()) {
                BridgeDriver.allowLocalhost(inUse.zone().bridge());
            }
        }
    }

    /// Removes a network's bridge and its part of the rules.
    void deactivate(NetworkRecord network) {
        lock.lock();
        try {
            ActiveBridge inUse = active.remove(network.id());
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
            HostKernel k = kernel;
            if (k == null) {
                return;
            }
            closing.push(k::close);
            k.settle();
            if (!idle.isEmpty()) {
                dropRules(k);
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
