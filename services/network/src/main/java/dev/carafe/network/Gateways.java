package dev.carafe.network;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Which of a container's endpoints leads to the world. As docker chooses: the highest priority,
/// then the first by the network's name.
final class Gateways {
    private static final Comparator<Endpoint> ORDER =
            Comparator.comparingInt(Endpoint::gatewayPriority)
                    .reversed()
                    .thenComparing(Endpoint::networkName);

    private Gateways() {}

    /// For IPv4, and for published ports.
    static Optional<Endpoint> v4(List<Endpoint> endpoints) {
        return first(endpoints, Endpoint::gateway);
    }

    static Optional<Endpoint> v6(List<Endpoint> endpoints) {
        return first(endpoints, Endpoint::ip6Gateway);
    }

    private static Optional<Endpoint> first(
            List<Endpoint> endpoints, Function<Endpoint, String> gateway) {
        return endpoints.stream().filter(e -> !gateway.apply(e).isEmpty()).min(ORDER);
    }
}
