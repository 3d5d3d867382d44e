package dev.carafe.network;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A published port, and whom it leads to.
///
/// @param address the container's
record Published(PortBinding binding, InetAddress address) {
    /// Each binding leads to the address of its own family, of the endpoint that leads out for it.
    static List<Published> of(List<PortBinding> ports, Ways ways) {
        List<Published> all = new ArrayList<>();
        for (PortBinding port : ports) {
            address(ways, port.family())
                    .ifPresent(address -> all.add(new Published(port, address)));
        }
        return all;
    }

    /// Those that this process sends on itself, where rules of the kernel can't: from IPv6 to a
    /// container without, and from `::1`, with which no packet leaves the host.
    static List<Published> relayed(List<PortBinding> ports, Ways ways) {
        List<Published> all = new ArrayList<>();
        for (PortBinding port : ports) {
            if (port.hostPort() == 0 || port.family() == IpFamily.V4) {
                continue;
            }
            InetAddress host = Addresses.parse(port.hostIp());
            Optional<InetAddress> six = address(ways, IpFamily.V6);
            if (six.isEmpty()) {
                address(ways, IpFamily.V4).ifPresent(four -> all.add(new Published(port, four)));
            } else if (host.isAnyLocalAddress() || host.isLoopbackAddress()) {
                all.add(new Published(port, six.get()));
            }
        }
        return all;
    }

    private static Optional<InetAddress> address(Ways ways, IpFamily family) {
        return ways.of(family).flatMap(way -> way.address(family));
    }

    IpFamily family() {
        return IpFamily.of(address);
    }

    /// Reached at the container's own address: nothing is translated.
    boolean isDirect() {
        return binding.hostPort() == 0;
    }
}
