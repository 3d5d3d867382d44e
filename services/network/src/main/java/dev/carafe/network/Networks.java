package dev.carafe.network;

import dev.carafe.base.Ids;
import dev.carafe.base.Undo;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.network.NetnsPool.FreshNetns;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All networks of one engine, and who is on them. Thread-safe; one container's attach and detach
/// must not overlap.
///
/// Nothing of the host is touched before the first container needs it: a bridge, its rules and
/// `ip_forward` come with the first attachment to it, and every later call finds them or makes them
/// again.
public final class Networks implements AutoCloseable {
    private final NetworkOptions options;
    private final NetnsPool pool;
    private final BridgeNetworks bridges;
    private final Attachments attachments;
    private final NameServers names;
    private final Attacher attacher;

    /// Taken after the lock of {@link BridgeNetworks}, never the other way round.
    private final ReentrantLock lock = new ReentrantLock();

    private final Catalog catalog;

    /// @param stateDir durable: what networks exist. Made when missing
    public Networks(Path stateDir, NetworkOptions options) {
        this(stateDir, stateDir.resolve("run"), options);
    }

    /// @param runDir who is attached: must survive the daemon, need not survive a boot
    public Networks(Path stateDir, Path runDir, NetworkOptions options) {
        this.options = options;
        StateFiles files = new StateFiles(stateDir, runDir);
        catalog = new Catalog(files, options);
        pool = NetnsPool.plain(options.pooledNamespaces());
        bridges = new BridgeNetworks(options, catalog.engineId(), stateDir);
        attachments = new Attachments(files);
        names = new NameServers(options, attachments);
        attacher = new Attacher(bridges, attachments, names, this::activate);
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
        return shown(find(nameOrId));
    }

    /// The name of a network by name, id or unique prefix of an id.
    ///
    /// @throws dev.carafe.base.NotFound "network x not found"
    public String nameOf(String nameOrId) {
        return find(nameOrId).name();
    }

    private NetworkRecord find(String nameOrId) {
        return locked(() -> catalog.find(nameOrId));
    }

    /// Makes a user-defined network.
    ///
    /// @throws dev.carafe.base.AlreadyExists when the name is taken
    /// @throws dev.carafe.base.InvalidArgument for addresses that do not fit together
    /// @throws dev.carafe.base.PermissionDenied when its subnet overlaps another's
    public Network create(CreateNetwork wanted) {
        planBridge();
        return bridges.choosing(hostSubnets ->
                locked(() -> {
                    NetworkRecord network =
                            catalog.define(
                                    wanted.withDefaults(options.driverOptions()), hostSubnets);
                    bridges.probe(network);
                    catalog.put(network);
                    return shown(network);
                }));
    }

    /// @throws dev.carafe.base.PermissionDenied for a predefined one, or with containers on it
    public void remove(String nameOrId) {
        NetworkRecord removed =
                locked(() -> {
                    NetworkRecord network = catalog.find(nameOrId);
                    Refusals.removal(network, attachments.on(network.id()));
                    if (network.isSettings() && catalog.isInUse(network)) {
                        throw Refusals.settingsInUse(network);
                    }
                    catalog.remove(network);
                    return network;
                });
        bridges.deactivate(removed);
    }

    /// What `host-gateway` stands for, by the daemon's options; empty: the gateway of a container's
    /// network.
    public List<String> hostGateways() {
        return options.hostGateways();
    }

    /// Who is on a network: endpoints by container id.
    public Map<String, Endpoint> endpoints(String networkId) {
        return attachments.on(networkId);
    }

    /// Gives a container that starts its networks: addresses, devices, published ports.
    ///
    /// @throws dev.carafe.base.NotFound no such network
    /// @throws dev.carafe.base.ResourceExhausted no address left
    /// @throws dev.carafe.base.Internal a port is taken; the message has docker's words
    public Sandbox attach(AttachRequest asked) {
        detach(asked.containerId());
        // as docker has it, who asks for a default bridge that is switched off is on no network
        AttachRequest request = options.bridge().isNone() ? asked.withoutDefault() : asked;
        List<NetworkRecord> networks =
                request.joins().stream().map(j -> find(j.network())).toList();
        if (networks.isEmpty()) {
            return attachPlain(request, List.of(), fresh(request));
        }
        networks.forEach(Refusals::joined);
        if (networks.size() > 1) {
            networks.forEach(Refusals::beside);
        }
        return switch (networks.getFirst().driver()) {
            case "host" -> attachPlain(request, networks, null);
            case "null" -> attachPlain(request, networks, fresh(request));
            default -> attachBridges(request, networks);
        };
    }

    private FreshNetns fresh(AttachRequest request) {
        Fd own = request.netns();
        return own == null ? pool.take() : NetnsPool.adopt(own);
    }

    private Sandbox attachPlain(
            AttachRequest request, List<NetworkRecord> networks, @Nullable FreshNetns fresh) {
        try (Undo undo = new Undo()) {
            if (fresh != null) {
                undo.push(fresh.netns()::close);
                fresh.route().close();
            }
            List<Endpoint> endpoints =
                    networks.stream()
                            .map(n -> Endpoint.plain(n.id(), n.name(), Ids.random(), n.driver()))
                            .map(e -> e.named(request.joins().getFirst().names()))
                            .toList();
            attachments.add(
                    AttachmentRecord.of(
                            attachments.bootId(),
                            request.containerId(),
                            endpoints,
                            List.of(),
                            request.ports(),
                            request.resolver()));
            undo.keep();
            Fd netns = fresh == null ? null : fresh.netns();
            return new Sandbox(netns, endpoints, List.of(), resolvConf(request.containerId()));
        }
    }

    private Sandbox attachBridges(AttachRequest request, List<NetworkRecord> networks) {
        try {
            FreshNetns fresh = attacher.attach(request, networks);
            fresh.route().close();
            Attached now = attached(request.containerId()).orElseThrow();
            return new Sandbox(
                    fresh.netns(), now.endpoints(), now.ports(), resolvConf(request.containerId()));
        } catch (ErrnoException e) {
            throw Refusals.cannotConnect(
                    request.containerId(), request.containerName(), networks, e);
        }
    }

    /// Puts a running container on a further network.
    ///
    /// @param netns the container's namespace
    /// @throws dev.carafe.base.PermissionDenied it is on it already
    public Endpoint connect(String containerId, String containerName, Fd netns, JoinRequest join) {
        NetworkRecord network = find(join.network());
        Refusals.joined(network);
        Refusals.beside(network);
        try {
            return attacher.connect(containerId, containerName, netns, join, network);
        } catch (ErrnoException e) {
            throw Refusals.cannotConnect(containerId, containerName, List.of(network), e);
        }
    }

    /// Takes a running container off a network.
    ///
    /// @param netns the container's namespace
    /// @throws dev.carafe.base.Internal it is not on it
    public Endpoint disconnect(String containerId, String containerName, Fd netns, String network) {
        return attacher.disconnect(containerId, containerName, netns, find(network));
    }

    /// Publishes these ports of a running container, and no others; those that it has already stay
    /// as they are.
    ///
    /// @return as they are published
    /// @throws dev.carafe.base.Internal a port is taken; then all is as before
    public List<PortBinding> publish(
            String containerId, String containerName, List<PortBinding> wanted) {
        return attacher.publish(containerId, containerName, wanted);
    }

    /// A running container is linked to these ports of others from now on, and to no others.
    public void relink(String containerId, List<LinkedPort> links) {
        attachments
                .of(containerId)
                .ifPresent(record -> {
                    attachments.replace(record.linkedTo(links));
                    bridges.pass(attachments::all);
                });
    }

    /// Takes a container off its networks and frees what it had. Does nothing when it has none.
    public void detach(String containerId) {
        attachments.of(containerId).ifPresent(attacher::detach);
    }

    /// What a container has now, also after a restart of the daemon.
    public Optional<Attached> attached(String containerId) {
        return attachments.of(containerId).map(AttachmentRecord::attached);
    }

    /// A container has another name from now on.
    public void rename(String containerId, String newName) {
        attachments
                .of(containerId)
                .ifPresent(record -> {
                    List<Endpoint> renamed =
                            record.endpoints().stream().map(e -> e.renamed(newName)).toList();
                    attachments.replace(record.with(renamed, record.ports()));
                });
    }

    /// As {@link #recover(Set, Function)}, without name servers.
    void recover(Set<String> liveContainerIds) {
        recover(liveContainerIds, id -> null);
    }

    /// After a restart: keeps what belongs to live containers, restores their rules and name
    /// servers, and drops the rest.
    ///
    /// @param netnsOf opens a live container's network namespace; null when it has just ended
    public void recover(Set<String> liveContainerIds, Function<String, @Nullable Fd> netnsOf) {
        pool.warm();
        new Takeover(attachments, bridges, names, id -> locked(() -> catalog.byId(id)), this::keep)
                .of(liveContainerIds, netnsOf);
    }

    /// Lets go. Bridges and rules stay while containers are attached, and are removed otherwise.
    @Override
    public void close() {
        pool.close();
        names.close();
        List<NetworkRecord> idle =
                attachments.all().stream().anyMatch(AttachmentRecord::hasDevices)
                        ? List.of()
                        : locked(() ->
                                catalog.all().stream().filter(NetworkRecord::isAddressed).toList());
        bridges.close(idle);
    }

    private NetworkRecord activate(NetworkRecord network) {
        return bridges.activate(
                network, () -> locked(() -> catalog.subnetsBut(network.id())), this::keep);
    }

    private void planBridge() {
        if (options.bridge().isNone()) {
            return;
        }
        NetworkRecord bridge = find("bridge");
        if (bridge.families(options).stream().anyMatch(f -> bridge.range(f) == null)) {
            bridges.plan(bridge, () -> locked(() -> catalog.subnetsBut(bridge.id())), this::keep);
        }
    }

    private void keep(NetworkRecord network) {
        locked(() -> {
            catalog.put(network);
            return network;
        });
    }

    /// Content of a container's `/etc/resolv.conf` as its networks are now.
    public String resolvConf(String containerId) {
        AttachmentRecord record = attachments.of(containerId).orElseThrow();
        ResolverSettings wanted = record.resolver().over(options);
        if (NameServers.isNeeded(record)) {
            return ResolvConf.embedded(HostResolver.read(), wanted);
        }
        boolean host = record.endpoints().stream().anyMatch(e -> e.driver().equals("host"));
        return host
                ? ResolvConf.forHostNetwork(
                        HostResolver.read(), wanted.servers(), wanted.search(), wanted.options())
                : ResolvConf.forContainer(
                        HostResolver.read(), wanted.servers(), wanted.search(), wanted.options());
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
