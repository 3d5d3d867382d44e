package dev.carafe.network;

import dev.carafe.base.AlreadyExists;
import dev.carafe.base.Ids;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.PermissionDenied;
import dev.carafe.base.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which networks exist. Not thread-safe.
final class Catalog {
    private static final List<String> PREDEFINED = List.of("bridge", "host", "none");

    private final StateFiles files;
    private final NetworkOptions options;
    private final Map<String, NetworkRecord> byId = new LinkedHashMap<>();

    /// Reads the networks, and makes the predefined ones at the first start.
    Catalog(StateFiles files, NetworkOptions options) {
        this.files = files;
        this.options = options;
        files.networks().forEach(n -> byId.put(n.id(), n));
        for (String name : PREDEFINED) {
            if (byId.values().stream().noneMatch(n -> n.name().equals(name))) {
                put(
                        NetworkRecord.plain(
                                Ids.random(), name, driverOf(name), Instant.now().toString()));
            }
        }
    }

    private static String driverOf(String predefined) {
        return predefined.equals("none") ? "null" : predefined;
    }

    List<NetworkRecord> all() {
        return byId.values().stream().filter(this::isThere).toList();
    }

    private boolean isThere(NetworkRecord network) {
        return !options.bridge().isNone() || !network.name().equals("bridge");
    }

    /// 64 hex digits, of this engine alone, for as long as its state exists.
    String engineId() {
        return byId.values().stream()
                .filter(n -> n.name().equals("bridge"))
                .findFirst()
                .orElseThrow()
                .id();
    }

    /// By name, id, or unique prefix of an id, in this order.
    NetworkRecord find(String reference) {
        String wanted = reference.equals("default") ? "bridge" : reference;
        for (NetworkRecord n : all()) {
            if (n.name().equals(wanted) || n.id().equals(wanted)) {
                return n;
            }
        }
        List<NetworkRecord> matches =
                all().stream().filter(n -> !wanted.isEmpty() && n.id().startsWith(wanted)).toList();
        if (matches.size() > 1) {
            throw new InvalidArgument(
                    new Subject("network", wanted),
                    "network "
                            + wanted
                            + " is ambiguous ("
                            + matches.size()
                            + " matches found on id prefix)");
        }
        if (matches.isEmpty()) {
            throw new NotFound(new Subject("network", wanted), "network " + wanted + " not found");
        }
        return matches.getFirst();
    }

    Optional<NetworkRecord> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    void put(NetworkRecord network) {
        if (!network.equals(byId.get(network.id()))) {
            files.save(network);
            byId.put(network.id(), network);
        }
    }

    void remove(NetworkRecord network) {
        files.deleteNetwork(network.id());
        byId.remove(network.id());
    }

    /// Subnets of all networks but one.
    List<Subnet> subnetsBut(String id) {
        List<Subnet> found = new ArrayList<>();
        for (NetworkRecord n : all()) {
            if (!n.id().equals(id) && !n.isSettings()) {
                n.ipam().forEach(range -> found.add(Subnet.parse(range.subnet())));
            }
        }
        return found;
    }

    /// A new record for a user-defined network.
    ///
    /// @param hostSubnets what the host routes elsewhere
    NetworkRecord define(CreateNetwork wanted, List<Subnet> hostSubnets) {
        checkName(wanted.name());
        if (wanted.configuration().only()) {
            return NetworkDefinition.settings(wanted);
        }
        return wanted.configuration().isOther()
                ? place(wanted.withSettings(settings(wanted)), hostSubnets)
                : place(wanted, hostSubnets);
    }

    private NetworkRecord settings(CreateNetwork wanted) {
        NetworkDefinition.checkBare(wanted);
        String name = wanted.configuration().from();
        return byId.values().stream()
                .filter(n -> n.isSettings() && n.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new NotFound(
                                new Subject("network", name),
                                "configuration network \"" + name + "\" does not exist"));
    }

    /// Whether networks are made of these settings.
    boolean isInUse(NetworkRecord settings) {
        return byId.values().stream()
                .anyMatch(n -> n.configuration().from().equals(settings.name()));
    }

    private NetworkRecord place(CreateNetwork wanted, List<Subnet> hostSubnets) {
        NetworkRecord network =
                new NetworkDefinition(
                                Placement.pools(options, engineId()), subnetsBut(""), hostSubnets)
                        .of(wanted);
        String bridge = network.option("name", "");
        for (NetworkRecord other : byId.values()) {
            if (!bridge.isEmpty() && bridge.equals(other.option("name", ""))) {
                throw new PermissionDenied(
                        new Subject("network", wanted.name()),
                        "cannot create network %s (%s): conflicts with network %s (%s): networks have same bridge name"
                                .formatted(network.id(), bridge, other.id(), bridge));
            }
        }
        return network;
    }

    private void checkName(String name) {
        if (name.isBlank()) {
            throw new InvalidArgument("invalid name: name is empty");
        }
        if (Network.predefined(name)) {
            throw new PermissionDenied(
                    new Subject("network", name),
                    "operation is not permitted on predefined " + name + " network");
        }
        if (byId.values().stream().anyMatch(n -> n.name().equals(name))) {
            throw new AlreadyExists(
                    new Subject("network", name), "network with name " + name + " already exists");
        }
    }
}
