package dev.carafe.dockerapi.routes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockerapi.wire.CreateWire;
import dev.carafe.dockerapi.wire.Filters;
import dev.carafe.dockerapi.wire.Moments;
import dev.carafe.dockerapi.wire.NetworkWire;
import dev.carafe.dockermodel.NetworkConnectRequest;
import dev.carafe.dockermodel.NetworkCreateRequest;
import dev.carafe.dockermodel.NetworkCreateResponse;
import dev.carafe.dockermodel.NetworkDisconnectRequest;
import dev.carafe.dockermodel.NetworkEndpoint;
import dev.carafe.dockermodel.NetworksPruned;
import dev.carafe.engine.Engine;
import dev.carafe.engine.Truth;
import dev.carafe.network.Endpoint;
import dev.carafe.network.Network;
import dev.carafe.network.Networks;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Networks, and who is on them.
final class NetworkRoutes {
    private static final Set<String> KEYS =
            Set.of("dangling", "driver", "id", "label", "name", "scope", "type");

    /// What Go's strconv.ParseBool takes.
    private static final Set<String> GO_TRUTHS =
            Set.of("1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False");

    private static final Set<String> PRUNE_KEYS = Set.of("label", "label!", "until");

    private final Networks networks;
    private final Engine engine;
    private final Replies replies;
    private final Filters filters;

    NetworkRoutes(Networks networks, Engine engine, Replies replies) {
        this.networks = networks;
        this.engine = engine;
        this.replies = replies;
        this.filters = new Filters(replies.json());
    }

    void addTo(Router router) {
        router.get("/networks", this::list);
        router.get("/networks/", this::list);
        router.get("/networks/{id*}", this::inspect);
        router.post("/networks/create", this::create);
        router.post("/networks/prune", this::prune);
        router.delete("/networks/{id*}", this::remove);
        router.post("/networks/{id*}/connect", this::connect);
        router.post("/networks/{id*}/disconnect", this::disconnect);
    }

    private void connect(Exchange x) throws IOException {
        NetworkConnectRequest r = replies.body(x, NetworkConnectRequest.class);
        engine.connectNetwork()
                .connect(
                        x.parameter("id"),
                        container(r.container()),
                        CreateWire.endpoint(r.endpointConfig()));
        Replies.empty(x);
    }

    private void disconnect(Exchange x) throws IOException {
        NetworkDisconnectRequest r = replies.body(x, NetworkDisconnectRequest.class);
        engine.connectNetwork().disconnect(x.parameter("id"), container(r.container()));
        Replies.empty(x);
    }

    private static String container(@Nullable String ref) {
        if (ref == null || ref.isEmpty()) {
            throw new InvalidArgument("invalid name or ID supplied: \"\"");
        }
        return ref;
    }

    private void create(Exchange x) throws IOException {
        NetworkCreateRequest r =
                replies.body(x, NetworkCreateRequest.class, new NetworkCreateRequest());
        Network made = engine.manageNetworks().create(NetworkWire.read(r, x.version()));
        replies.send(x, 201, new NetworkCreateResponse(made.id(), ""));
    }

    private void remove(Exchange x) throws IOException {
        engine.manageNetworks().remove(x.parameter("id"));
        Replies.noContent(x);
    }

    private void prune(Exchange x) throws IOException {
        Map<String, Set<String>> wanted = filters.parse(x.query().text("filters"));
        Filters.allow(wanted, PRUNE_KEYS);
        List<String> removed = engine.manageNetworks().prune(n -> prunable(n, wanted));
        replies.ok(x, new NetworksPruned(removed.isEmpty() ? null : removed));
    }

    private static boolean prunable(Network n, Map<String, Set<String>> wanted) {
        Instant until =
                wanted.getOrDefault("until", Set.of()).stream()
                        .findFirst()
                        .map(Moments::parse)
                        .orElse(null);
        return (until == null || n.created().isBefore(until))
                && wanted.getOrDefault("label", Set.of()).stream().allMatch(l -> labelled(n, l))
                && wanted.getOrDefault("label!", Set.of()).stream().noneMatch(l -> labelled(n, l));
    }

    private void list(Exchange x) throws IOException {
        Map<String, Set<String>> wanted = filters.parse(x.query().text("filters"));
        Filters.allow(wanted, KEYS);
        checkValues(wanted);
        replies.ok(
                x,
                networks.list().stream()
                        .filter(n -> matches(n, wanted))
                        .map(n -> NetworkWire.write(n, null, x.version()))
                        .toList());
    }

    private static void checkValues(Map<String, Set<String>> wanted) {
        for (String type : wanted.getOrDefault("type", Set.of())) {
            if (!type.equals("builtin") && !type.equals("custom")) {
                throw new InvalidArgument("invalid filter: 'type'='" + type + "'");
            }
        }
        Set<String> dangling = wanted.getOrDefault("dangling", Set.of());
        if (dangling.size() > 1) {
            throw new InvalidArgument("got more than one value for filter key \"dangling\"");
        }
        if (!Set.of("true", "1", "false", "0").containsAll(dangling)) {
            throw new InvalidArgument(
                    "invalid value for filter 'dangling', must be \"true\" (or \"1\"), or"
                            + " \"false\" (or \"0\")");
        }
    }

    private boolean matches(Network n, Map<String, Set<String>> wanted) {
        return any(wanted, "name", n.name()::contains)
                && any(wanted, "id", n.id()::startsWith)
                && any(wanted, "driver", n.driver()::equals)
                && any(wanted, "scope", "local"::equals)
                && any(wanted, "type", (n.predefined() ? "builtin" : "custom")::equals)
                && any(wanted, "dangling", v -> Truth.of("dangling", v) == dangling(n))
                && wanted.getOrDefault("label", Set.of()).stream().allMatch(l -> labelled(n, l));
    }

    private static boolean any(
            Map<String, Set<String>> wanted, String key, Predicate<String> matches) {
        Set<String> values = wanted.get(key);
        return values == null || values.isEmpty() || values.stream().anyMatch(matches);
    }

    private boolean dangling(Network n) {
        return !n.predefined() && networks.endpoints(n.id()).isEmpty();
    }

    private static boolean labelled(Network n, String label) {
        int eq = label.indexOf('=');
        return eq < 0
                ? n.labels().containsKey(label)
                : label.substring(eq + 1).equals(n.labels().get(label.substring(0, eq)));
    }

    private void inspect(Exchange x) throws IOException {
        Network network = networks.get(x.parameter("id"));
        checkInspection(x);
        Map<String, NetworkEndpoint> containers = new TreeMap<>();
        networks.endpoints(network.id()).forEach((id, e) -> containers.put(id, endpoint(id, e)));
        replies.ok(x, NetworkWire.write(network, containers, x.version()));
    }

    private static void checkInspection(Exchange x) {
        String verbose = x.query().text("verbose");
        if (!verbose.isEmpty() && !GO_TRUTHS.contains(verbose)) {
            throw new InvalidArgument(
                    "invalid value for verbose: %s: strconv.ParseBool: parsing \"%s\": invalid syntax"
                            .formatted(verbose, verbose));
        }
        String scope = x.query().text("scope");
        if (!scope.isEmpty() && !scope.equals("local")) {
            String name = x.parameter("id");
            throw new NotFound(new Subject("network", name), "network " + name + " not found");
        }
    }

    private NetworkEndpoint endpoint(String container, Endpoint e) {
        String address = e.ipAddress().isEmpty() ? "" : e.ipAddress() + "/" + e.prefixLength();
        return new NetworkEndpoint(
                engine.inspectContainer().inspect(container).name(),
                e.endpointId(),
                e.macAddress(),
                address,
                e.ip6Address().isEmpty() ? "" : e.ip6Address() + "/" + e.ip6PrefixLength());
    }
}
