package dev.carafe.network;

import dev.carafe.base.Ids;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.PermissionDenied;
import dev.carafe.base.Subject;
import dev.carafe.linux.ErrnoException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What can't be done with a network, in docker's sentences.
final class Refusals {
    private Refusals() {}

    /// Refuses to remove a predefined network, or one with running containers on it.
    ///
    /// @param users endpoints by container id
    static void removal(NetworkRecord network, Map<String, Endpoint> users) {
        Subject subject = new Subject("network", network.name());
        if (Network.predefined(network.name())) {
            throw new PermissionDenied(
                    subject, network.name() + " is a pre-defined network and cannot be removed");
        }
        if (!users.isEmpty()) {
            throw new PermissionDenied(
                    subject,
                    "error while removing network: network "
                            + network.name()
                            + " has active endpoints ("
                            + users.values().stream()
                                    .map(Refusals::user)
                                    .collect(Collectors.joining(", "))
                            + ")");
        }
    }

    private static String user(Endpoint endpoint) {
        List<String> names = endpoint.names();
        return "name:\""
                + (names.isEmpty() ? "" : names.getFirst())
                + "\" id:\""
                + Ids.shortId(endpoint.endpointId())
                + "\"";
    }

    static PermissionDenied settingsInUse(NetworkRecord settings) {
        return new PermissionDenied(
                new Subject("network", settings.name()),
                "error while removing network: configuration network \"%s\" is in use"
                        .formatted(settings.name()));
    }

    /// Refuses networks that are settings only.
    static void joined(NetworkRecord network) {
        if (network.isSettings()) {
            throw new PermissionDenied(
                    new Subject("network", network.name()),
                    "cannot create endpoint on configuration-only network");
        }
    }

    /// Refuses networks that can't be joined beside others.
    static void beside(NetworkRecord network) {
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

    static Internal cannotConnect(
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
}
