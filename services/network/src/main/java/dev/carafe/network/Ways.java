package dev.carafe.network;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Through which of its endpoints a container reaches the world; published ports lead to the same.
record Ways(Optional<Endpoint> v4, Optional<Endpoint> v6) {
    static Ways of(List<Endpoint> endpoints) {
        return new Ways(Gateways.v4(endpoints), Gateways.v6(endpoints));
    }

    Optional<Endpoint> of(IpFamily family) {
        return family == IpFamily.V4 ? v4 : v6;
    }

    boolean isEmpty() {
        return v4.isEmpty() && v6.isEmpty();
    }

    /// Those there are, each once.
    List<Endpoint> all() {
        return Stream.of(v4, v6).flatMap(Optional::stream).distinct().toList();
    }

    boolean leadThrough(Endpoint endpoint) {
        return v4.filter(endpoint::equals).isPresent() || v6.filter(endpoint::equals).isPresent();
    }
}
