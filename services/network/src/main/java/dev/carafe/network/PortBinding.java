package dev.carafe.network;

import dev.carafe.base.InvalidArgument;

/// A container's port reachable at the host.
///
/// @param protocol `tcp`, `udp` or `sctp`
/// @param hostIp the host's address, `0.0.0.0` (or empty, when asked for) for all of IPv4
/// @param hostPort 0 when asked for: any free one
public record PortBinding(int containerPort, String protocol, String hostIp, int hostPort) {
    public PortBinding {
        if (containerPort < 1 || containerPort > 65535 || hostPort < 0 || hostPort > 65535) {
            throw new InvalidArgument("invalid port: " + hostPort + ":" + containerPort);
        }
        Protocol.of(protocol);
    }

    /// That of its host address; the one of an empty address is IPv4's.
    IpFamily family() {
        return hostIp.contains(":") ? IpFamily.V6 : IpFamily.V4;
    }

    /// At another port of the host.
    PortBinding on(int port) {
        return new PortBinding(containerPort, protocol, hostIp, port);
    }

    /// The same port at another address of the host.
    PortBinding at(String address) {
        return new PortBinding(containerPort, protocol, address, hostPort);
    }

    /// `0.0.0.0:8080->80/tcp`.
    @Override
    public String toString() {
        return (family() == IpFamily.V6 ? "[" + hostIp + "]" : hostIp)
                + ":"
                + hostPort
                + "->"
                + containerPort
                + "/"
                + protocol;
    }
}
