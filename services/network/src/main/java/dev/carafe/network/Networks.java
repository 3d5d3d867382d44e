package dev.carafe.network;

import dev.carafe.base.AlreadyExists;
import dev.carafe.base.Ids;
import dev.carafe.base.Internal;
import dev.carafe.base.PermissionDenied;
import dev.carafe.base.Subject;
import dev.carafe.base.Undo;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.network.NetnsPool.FreshNetns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// All networks of one engine, and who is on them. Thread-safe; one container's attach and detach
/// must not overlap.
///
/// Nothing of the host is touched before the first container needs it: a bridge, its rules and
/// `ip_forward` come with the first attachment to it, and every later call finds them or makes them
/// again.
public final class Networks implements AutoCloseable {
    private final NetworkOptions options;
    private final StateFiles files;
    private final NetnsPool pool;
    private final BridgeNetworks bridges;

    /// Taken after the lock of {@link BridgeNetworks}, never the other way round.
    private final ReentrantLock lock = new ReentrantLock();

    private final Catalog catalog;
    private final Map<String, AttachmentRecord> attachments = new LinkedHashMap<>();

    /// @param stateDir durable: what networks exist. Made when missing
    public Networks(Path stateDir, NetworkOptions options) {
        this(stateDir, stateDir.resolve("run"), options);
    }

    /// @param runDir who is attached: must survive the daemon, need not survive a boot
    public Networks(Path stateDir, Path runDir, NetworkOptions options) {
        this.options = options;
        files = new StateFiles(stateDir, runDir);
        catalog = new Catalog(files, options);
        pool = NetnsPool.plain(options.pooledNamespaces());
        bridges = new BridgeNetworks(options, catalog.find("bridge").id(), stateDir);
        files.attachments().forEach(a -> attachments.put(a.containerId(), a));
    }

    public List<Network> list() {
        planBridge();
        return locked(() -> catalog.all().stream().map(this::shown).toList());
    }

    /// By name, id or unique prefix of an id.
    ///
    /// @throws dev.carafe.base.NotFound "network x not found"
    public Network get(String nameOrId) {
        planBridge();
        return locked(() -> shown(catalog.find(nameOrId)));
    }

    /// Makes a user-defined network.
    ///
    /// @throws dev.carafe.base.AlreadyExists when the name is taken
    /// @throws dev.carafe.base.PermissionDenied when its subnet overlaps another's
    public Network create(CreateNetwork wanted) {
        planBridge();
        return bridges.choosing(hostSubnets ->
                locked(() -> {
                    NetworkRecord network = catalog.define(wanted, hostSubnets);
                    catalog.put(network);
                    return shown(network);
                }));
    }

    /// @throws dev.carafe.base.PermissionDenied for a predefined one, or with containers on it
    public void remove(String nameOrId) {
        NetworkRecord removed =
                locked(() -> {
                    NetworkRecord network = catalog.find(nameOrId);
                    Subject subject = new Subject("network", network.name());
                    if (shown(network).predefined()) {
                        throw new PermissionDenied(
                                subject,
                                network.name() + " is a pre-defined network and cannot be removed");
                    }
                    if (attachments.values().stream().anyMatch(a -> a.on(network.id()))) {
                        throw new PermissionDenied(
                                subject,
                                "error while removing network: network "
                                        + network.name()
                                        + " has active endpoints");
                    }
                    catalog.remove(network);
                    return network;
                });
        bridges.deactivate(removed);
    }

    /// Who is on a network: endpoints by container id.
    public Map<String, Endpoint> endpoints(String networkId) {
        return locked(() -> {
            Map<String, Endpoint> found = new LinkedHashMap<>();
            attachments
                    .values()
                    .forEach(a ->
                            a.endpoints().stream()
                                    .filter(e -> e.networkId().equals(networkId))
                                    .forEach(e -> found.put(a.containerId(), e)));
            return found;
        });
    }

    /// Puts a container on a network: address, devices, published ports.
    ///
    /// @throws dev.carafe.base.NotFound no such network
    /// @throws dev.carafe.base.ResourceExhausted no address left
    /// @throws dev.carafe.base.Internal a port is taken; the message has docker's words
    public Sandbox attach(AttachRequest request) {
        detach(request.containerId());
        NetworkRecord network = locked(() -> catalog.find(request.networkName()));
        return switch (network.driver()) {
            case "host" -> attachPlain(request, network, null);
            case "null" -> attachPlain(request, network, pool.take());
            default -> attachBridge(request, network);
        };
    }

    private Sandbox attachPlain(
            AttachRequest request, NetworkRecord network, @Nullable FreshNetns fresh) {
        try (Undo undo = new Undo()) {
            if (fresh != null) {
                undo.push(fresh.netns()::close);
                fresh.route().close();
            }
            Endpoint endpoint =
                    new Endpoint(network.id(), network.name(), Ids.random(), "", 0, "", "", "");
            remember(
                    new AttachmentRecord(
                            files.bootId(),
                            request.containerId(),
                            "",
                            List.of(endpoint),
                            List.of()));
            undo.keep();
            Fd netns = fresh == null ? null : fresh.netns();
            return new Sandbox(netns, List.of(endpoint), List.of(), resolvConf(fresh == null));
        }
    }

    private Sandbox attachBridge(AttachRequest request, NetworkRecord network) {
        try (Undo undo = new Undo()) {
            NetworkRecord active =
                    bridges.activate(
                            network,
                            () -> locked(() -> catalog.subnetsBut(network.id())),
                            this::keep);
            FreshNetns fresh = bridges.takeNetns();
            undo.push(fresh::close);
            BridgeNetworks.Reserved reserved = bridges.reserve(active, request, fresh.device());
            undo.push(() -> bridges.release(reserved.record()));
            remember(reserved.record());
            undo.push(() -> forget(request.containerId()));
            bridges.connect(fresh, reserved);
            fresh.route().close();
            undo.keep();
            AttachmentRecord record = reserved.record();
            return new Sandbox(
                    fresh.netns(), record.endpoints(), record.ports(), resolvConf(false));
        } catch (ErrnoException e) {
            throw new Internal(
                    new Subject("container", request.containerId()),
                    "cannot connect container "
                            + request.containerName()
                            + " to network "
                            + network.name()
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /// Takes a container off its networks and frees what it had. Does nothing when it has none.
    public void detach(String containerId) {
        AttachmentRecord record = locked(() -> attachments.get(containerId));
        if (record != null) {
            bridges.release(record);
            forget(containerId);
        }
    }

    /// What a container has now, also after a restart of the daemon.
    public Optional<Attached> attached(String containerId) {
        return locked(() ->
                Optional.ofNullable(attachments.get(containerId)).map(AttachmentRecord::attached));
    }

    /// After a restart: keeps what belongs to live containers, restores their rules and drops the
    /// rest.
    public void recover(Set<String> liveContainerIds) {
        pool.warm();
        List<AttachmentRecord> live = new ArrayList<>();
        Map<String, NetworkRecord> inUse = new HashMap<>();
        locked(() -> {
            for (AttachmentRecord a : List.copyOf(attachments.values())) {
                if (liveContainerIds.contains(a.containerId())) {
                    live.add(a);
                    a.endpoints()
                            .forEach(e -> inUse.put(e.networkId(), catalog.find(e.networkId())));
                } else {
                    attachments.remove(a.containerId());
                    files.deleteAttachment(a.containerId());
                }
            }
            return live;
        });
        inUse.values().removeIf(n -> !n.isBridge());
        bridges.recover(live, inUse, this::keep);
    }

    /// Lets go. Bridges and rules stay while containers are attached, and are removed otherwise.
    @Override
    public void close() {
        pool.close();
        List<NetworkRecord> idle =
                locked(() ->
                        attachments.values().stream().anyMatch(a -> !a.device().isEmpty())
                                ? List.of()
                                : catalog.all().stream().filter(NetworkRecord::isBridge).toList());
        bridges.close(idle);
    }

    private void planBridge() {
        NetworkRecord bridge = locked(() -> catalog.find("bridge"));
        if (bridge.subnet() == null) {
            bridges.plan(bridge, () -> locked(() -> catalog.subnetsBut(bridge.id())), this::keep);
        }
    }

    private void keep(NetworkRecord network) {
        locked(() -> {
            catalog.put(network);
            return network;
        });
    }

    private void remember(AttachmentRecord record) {
        locked(() -> {
            if (attachments.putIfAbsent(record.containerId(), record) != null) {
                throw new AlreadyExists(
                        "container " + record.containerId() + " is being attached already");
            }
            return record;
        });
        files.save(record);
    }

    private void forget(String containerId) {
        files.deleteAttachment(containerId);
        locked(() -> attachments.remove(containerId));
    }

    private String resolvConf(boolean host) {
        String file = HostResolver.read();
        return host
                ? ResolvConf.forHostNetwork(
                        file, options.dns(), options.dnsSearch(), options.dnsOptions())
                : ResolvConf.forContainer(
                        file, options.dns(), options.dnsSearch(), options.dnsOptions());
    }

    private Network shown(NetworkRecord n) {
        return ShownNetwork.of(n, options, bridges.mtu(n.id()));
    }

    /// Work under the lock.
    private interface Locked<T extends @Nullable Object> {
        T run();
    }

    private <T extends @Nullable Object> T locked(Locked<T> work) {
        lock.lock();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }
}
