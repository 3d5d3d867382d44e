package dev.carafe.dockerapi.routes;

import dev.carafe.base.NotImplemented;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockerapi.wire.Filters;
import dev.carafe.dockerapi.wire.NetworkWire;
import dev.carafe.dockermodel.NetworkEndpoint;
import dev.carafe.engine.Engine;
import dev.carafe.network.Endpoint;
import dev.carafe.network.Network;
import dev.carafe.network.Networks;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Listing and showing networks.
final class NetworkRoutes {
    private static final Set<String> KEYS =
            Set.of("dangling", "driver", "id", "label", "name", "scope", "type");

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
        router.get("/networks/{id}", this::inspect);
        for (String path :
                new String[] {
                    "/networks/create", "/networks/{id}/connect", "/networks/{id}/disconnect"
                }) {
            router.post(
                    path,
                    x -> {
                        throw new NotImplemented("user-defined networks are not supported yet");
                    });
        }
        router.delete(
                "/networks/{id}",
                x -> {
                    networks.remove(x.parameter("id"));
                    Replies.noContent(x);
                });
    }

    private void list(Exchange x) throws IOException {
        Map<String, Set<String>> wanted = filters.parse(x.query().text("filters"));
        Filters.allow(wanted, KEYS);
        replies.ok(
                x,
                networks.list().stream()
                        .filter(n -> matches(n, wanted))
                        .map(n -> NetworkWire.write(n, null, x.version()))
                        .toList());
    }

    private boolean matches(Network n, Map<String, Set<String>> wanted) {
        return any(wanted, "name", n.name()::contains)
                && any(wanted, "id", n.id()::startsWith)
                && any(wanted, "driver", n.driver()::equals)
                && any(wanted, "scope", "local"::equals)
                && any(wanted, "type", (n.predefined() ? "builtin" : "custom")::equals)
                && any(wanted, "dangling", v -> v.equals(dangling(n)))
                && wanted.getOrDefault("label", Set.of()).stream().allMatch(l -> labelled(n, l));
    }

    private static boolean any(
            Map<String, Set<String>> wanted, String key, Predicate<String> matches) {
        Set<String> values = wanted.get(key);
        return values == null || values.isEmpty() || values.stream().anyMatch(matches);
    }

    private String dangling(Network n) {
        return Boolean.toString(!n.predefined() && networks.endpoints(n.id()).isEmpty());
    }

    private static boolean labelled(Network n, String label) {
        int eq = label.indexOf('=');
        return eq < 0
                ? n.labels().containsKey(label)
                : label.substring(eq + 1).equals(n.labels().get(label.substring(0, eq)));
    }

    private void inspect(Exchange x) throws IOException {
        Network network = networks.get(x.parameter("id"));
        Map<String, NetworkEndpoint> containers = new TreeMap<>();
        networks.endpoints(network.id()).forEach((id, e) -> containers.put(id, endpoint(id, e)));
        replies.ok(x, NetworkWire.write(network, containers, x.version()));
    }

    private NetworkEndpoint endpoint(String container, Endpoint e) {
        String address = e.ipAddress().isEmpty() ? "" : e.ipAddress() + "/" + e.prefixLength();
        return new NetworkEndpoint(
                engine.inspectContainer().inspect(container).name(),
                e.endpointId(),
                e.macAddress(),
                address,
                "");
    }
}
