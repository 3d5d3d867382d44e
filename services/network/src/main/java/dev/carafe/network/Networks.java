package dev.carafe.network;

import dev.carafe.base.CarafeException;
import dev.carafe.base.Ids;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.PermissionDenied;
import dev.carafe.base.Subject;
import dev.carafe.base.Undo;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.network.NetnsPool.FreshNetns;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All networks of one engine, and who is on them. Thread-safe; one container's attach and detach
/// must not overlap.
///
/// Nothing of the host is touched before the first container needs it: a bridge, its rules and
/// `ip_forward` come with the first attachment to it, and every later call finds them or makes them
/// again.
public final class Networks implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Networks.class.getName());

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
        bridges = new BridgeNetworks(options, catalog.find("bridge").id(), stateDir);
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
                    refuseInUse(network);
                    catalog.remove(network);
                    return network;
                });
        bridges.deactivate(removed);
    }

    private void refuseInUse(NetworkRecord network) {
        Subject subject = new Subject("network", network.name());
        if (Network.predefined(network.name())) {
            throw new PermissionDenied(
                    subject, network.name() + " is a pre-defined network and cannot be removed");
        }
        Map<String, Endpoint> users = attachments.on(network.id());
        if (!users.isEmpty()) {
            throw new PermissionDenied(
                    subject,
                    "error while removing network: network "
                            + network.name()
                            + " has active endpoints ("
                            + users.entrySet().stream()
                                    .map(Networks::user)
                                    .collect(Collectors.joining(", "))
                            + ")");
        }
    }

    private static String user(Map.Entry<String, Endpoint> user) {
        List<String> names = user.getValue().names();
        return "name:\""
                + (names.isEmpty() ? "" : names.getFirst())
                + "\" id:\""
                + Ids.shortId(user.getValue().endpointId())
                + "\"";
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
    public Sandbox attach(AttachRequest request) {
        detach(request.containerId());
        List<NetworkRecord> networks =
                request.joins().stream().map(j -> find(j.network())).toList();
        if (networks.isEmpty()) {
            return attachPlain(request, List.of(), pool.take());
        }
        if (networks.size() > 1) {
            networks.forEach(Networks::refuseBeside);
        }
        return switch (networks.getFirst().driver()) {
            case "host" -> attachPlain(request, networks, null);
            case "null" -> attachPlain(request, networks, pool.take());
            default -> attachBridges(request, networks);
        };
    }

    private static void refuseBeside(NetworkRecord network) {
        if (network.driver().equals("host")) {
            throw new InvalidArgument(
                    "container sharing network namespace with another container or host cannot be"
                            + " connected to any other network");
        }
        if (network.driver().equals("null")) {
            throw new InvalidArgument(
                    "container cannot be connected to multiple networks with one of the networks in"
                            + " private (none) mode");
        }
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
            throw cannotConnect(request.containerId(), request.containerName(), networks, e);
        }
    }

    private static Internal cannotConnect(
            String id, String name, List<NetworkRecord> networks, ErrnoException e) {
        return new Internal(
                new Subject("container", id),
                "cannot connect container "
                        + name
                        + " to network "
                        + networks.stream()
                                .map(NetworkRecord::name)
                                .collect(Collectors.joining(", "))
                        + ": "
                        + e.getMessage(),
                e);
    }

    /// Puts a running container on a further network.
    ///
    /// @param netns the container's namespace
    /// @throws dev.carafe.base.PermissionDenied it is on it already
    public Endpoint connect(String containerId, String containerName, Fd netns, JoinRequest join) {
        NetworkRecord network = find(join.network());
        refuseBeside(network);
        try {
            return attacher.connect(containerId, containerName, netns, join, network);
        } catch (ErrnoException e) {
            throw cannotConnect(containerId, containerName, List.of(network), e);
        }
    }

    /// Takes a running container off a network.
    ///
    /// @param netns the container's namespace
    /// @throws dev.carafe.base.Internal it is not on it
    public Endpoint disconnect(String containerId, String containerName, Fd netns, String network) {
        return attacher.disconnect(containerId, containerName, netns, find(network));
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
        List<AttachmentRecord> live = attachments.keepOnly(liveContainerIds);
        Map<String, NetworkRecord> inUse = new HashMap<>();
        for (AttachmentRecord record : live) {
            record.endpoints().stream()
                    .filter(e -> !e.device().isEmpty())
                    .forEach(e -> inUse.put(e.networkId(), find(e.networkId())));
        }
        bridges.recover(live, inUse, this::keep);
        live.stream().filter(NameServers::isNeeded).forEach(a -> serveAgain(a, netnsOf));
    }

    private void serveAgain(AttachmentRecord record, Function<String, @Nullable Fd> netnsOf) {
        try (Fd netns = netnsOf.apply(record.containerId())) {
            if (netns != null) {
                names.serve(record, netns);
            }
        } catch (CarafeException | ErrnoException e) {
            // one container's trouble must not keep the others, and the engine, from coming back
            LOG.log(Level.WARNING, "no names for container " + record.containerId(), e);
        }
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
                                catalog.all().stream().filter(NetworkRecord::isBridge).toList());
        bridges.close(idle);
    }

    private NetworkRecord activate(NetworkRecord network) {
        return bridges.activate(
                network, () -> locked(() -> catalog.subnetsBut(network.id())), this::keep);
    }

    private void planBridge() {
        NetworkRecord bridge = find("bridge");
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
