package dev.carafe.network;

import dev.carafe.base.InvalidArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a container's wanted ports mean on the networks that lead out for it.
///
/// @param held for each wanted port the bindings that share one port of the host
/// @param direct ports that are reached at the container's own address (gateway mode routed)
record PortPlan(List<List<PortBinding>> held, List<PortBinding> direct) {
    private static final String ANY4 = "0.0.0.0";
    private static final String ANY6 = "::";

    /// What the host and the daemon's settings have.
    ///
    /// @param bindAddress the daemon's setting
    /// @param relay what comes by IPv6 may go on to a container of IPv4
    /// @param six the host can take in IPv6; if not, it is left out where nobody asks for it
    record Host(String bindAddress, boolean relay, boolean six) {
        private boolean relays(PortBinding port) {
            return relay && !port.protocol().equals("sctp");
        }
    }

    /// @param networkOf an endpoint's network
    /// @throws InvalidArgument an IPv6 address of the host that does not lead to the container
    static PortPlan of(
            List<PortBinding> wanted,
            Ways ways,
            Function<Endpoint, NetworkRecord> networkOf,
            Host host) {
        List<List<PortBinding>> held = new ArrayList<>();
        List<PortBinding> direct = new ArrayList<>();
        for (PortBinding port : wanted) {
            if (!host.relays(port)) {
                refuse(port, ways);
            }
            List<PortBinding> same = new ArrayList<>();
            for (IpFamily family : IpFamily.values()) {
                if (!port.hostIp().isEmpty() && port.family() != family) {
                    continue;
                }
                Optional<NetworkRecord> network =
                        way(port, family, ways, host)
                                .map(networkOf)
                                // others are neighbours of the world themselves, at all their ports
                                .filter(NetworkRecord::isBridge);
                if (network.isEmpty()) {
                    continue;
                }
                GatewayMode mode = network.get().mode(family);
                if (mode == GatewayMode.ROUTED && ways.of(family).isPresent()) {
                    direct.add(port.at(family == IpFamily.V4 ? ANY4 : ANY6).on(0));
                } else if (mode.translates()) {
                    address(port, family, network.get(), host)
                            .ifPresent(address -> same.add(port.at(address)));
                }
            }
            if (!same.isEmpty()) {
                held.add(same);
            }
        }
        return new PortPlan(held, direct);
    }

    private static Optional<Endpoint> way(PortBinding port, IpFamily family, Ways ways, Host host) {
        Optional<Endpoint> own = ways.of(family);
        return own.isEmpty() && family == IpFamily.V6 && host.relays(port) ? ways.v4() : own;
    }

    /// What is known before ports of the host are chosen.
    List<PortBinding> all() {
        List<PortBinding> all = new ArrayList<>(direct);
        held.forEach(all::addAll);
        return all;
    }

    private static void refuse(PortBinding port, Ways ways) {
        if (port.family() == IpFamily.V6 && Addresses.parse(port.hostIp()).isLoopbackAddress()) {
            throw new InvalidArgument(
                    "cannot publish port %d at ::1: the kernel does not forward from there; publish it at 127.0.0.1, or start the daemon without --userland-proxy=false"
                            .formatted(port.containerPort()));
        }
        if (port.family() == IpFamily.V6 && ways.v6().isEmpty() && ways.v4().isPresent()) {
            throw new InvalidArgument(
                    "cannot publish port %d at %s: the container has no IPv6 address; put it on a network made with --ipv6"
                            .formatted(port.containerPort(), port.hostIp()));
        }
    }

    private static Optional<String> address(
            PortBinding port, IpFamily family, NetworkRecord network, Host host) {
        if (!port.hostIp().isEmpty()) {
            return Optional.of(port.hostIp());
        }
        String standard = network.option("host_binding_ipv4", host.bindAddress());
        if (family == IpFamily.V4) {
            return standard.contains(":") ? Optional.empty() : Optional.of(standard);
        }
        return standard.contains(":")
                ? Optional.of(standard)
                : Optional.of(ANY6).filter(unused -> host.six() && standard.equals(ANY4));
    }
}
