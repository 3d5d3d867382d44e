package dev.carafe.network;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A published port as the rules see it.
///
/// @param address the container's
record Published(PortBinding binding, InetAddress address) {
    /// Each binding leads to the address of its own family, of the endpoint that leads out for it.
    static List<Published> of(List<PortBinding> ports, Ways ways) {
        List<Published> all = new ArrayList<>();
        for (PortBinding port : ports) {
            Optional<Endpoint> endpoint = ways.of(port.family());
            endpoint.flatMap(e -> e.address(port.family()))
                    .ifPresent(address -> all.add(new Published(port, address)));
        }
        return all;
    }

    IpFamily family() {
        return IpFamily.of(address);
    }

    /// Reached at the container's own address: nothing is translated.
    boolean isDirect() {
        return binding.hostPort() == 0;
    }
}
