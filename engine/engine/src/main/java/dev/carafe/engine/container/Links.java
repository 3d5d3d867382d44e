package dev.carafe.engine.container;

import dev.carafe.base.Conflict;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.network.Endpoint;
import dev.carafe.network.HostsFile;
import dev.carafe.network.LinkedPort;
import dev.carafe.network.Network;
import java.util.List;

/// Links of containers on the network `bridge` (HostConfig.Links), where nobody answers for names:
/// the other's names are in the container's `/etc/hosts`, its ports and variables in the
/// environment, as they are at the container's start. Links of user-defined networks are the name
/// server's.
public final class Links {
    private final Rooms rooms;

    public Links(Rooms rooms) {
        this.rooms = rooms;
    }

    /// What a container is given of one that it is linked to.
    ///
    /// @param variables `NAME=value`
    /// @param ports that it may reach in any case
    record Linked(HostsFile.Entry entry, List<String> variables, List<LinkedPort> ports) {}

    /// @throws Conflict the other does not run
    /// @throws InvalidArgument it is gone, or not on the network `bridge`
    List<Linked> of(ContainerRecord record) {
        return LinkNames.of(record).stream().map(link -> linked(record, link)).toList();
    }

    /// The variables of those that run, for what is run in the container later on.
    public List<String> variables(ContainerRecord record) {
        return ofRunning(record).stream().flatMap(l -> l.variables().stream()).toList();
    }

    /// Of those that run.
    List<Linked> ofRunning(ContainerRecord record) {
        return LinkNames.of(record).stream()
                .filter(link -> isRunning(link.target()))
                .map(link -> linked(record, link))
                .toList();
    }

    private boolean isRunning(String target) {
        return rooms.containers().find(target).filter(c -> c.state().isRunning()).isPresent();
    }

    private Linked linked(ContainerRecord record, LinkNames.Link link) {
        String alias = link.alias();
        ContainerRecord other = running(record, link.target(), alias);
        String shared = ContainerRecord.sharedWith(other.host().network().mode());
        while (shared != null) {
            other = running(record, shared, alias);
            shared = ContainerRecord.sharedWith(other.host().network().mode());
        }
        if (other.host().network().mode().equals("host")) {
            throw new InvalidArgument(
                    "conflicting options: host type networking can't be used with links. This would"
                            + " result in undefined behavior");
        }
        return linked(record, link, other);
    }

    /// @param other whose network the linked container is in
    private Linked linked(ContainerRecord record, LinkNames.Link link, ContainerRecord other) {
        String alias = link.alias();
        String address =
                rooms.networks().attached(other.id()).stream()
                        .flatMap(a -> a.endpoints().stream())
                        .filter(e -> Network.isDefault(e.networkName()))
                        .map(Endpoint::ipAddress)
                        .findFirst()
                        .orElseThrow(() ->
                                new InvalidArgument(
                                        "Cannot link to /"
                                                + other.name()
                                                + ", as it does not belong to the default network"));
        String names = alias + " " + other.hostname();
        return new Linked(
                new HostsFile.Entry(
                        address, alias.equals(other.name()) ? names : names + " " + other.name()),
                LinkVariables.of(
                        link,
                        record.name(),
                        other.config().exposedPorts(),
                        other.config().env(),
                        address),
                ports(other));
    }

    private static List<LinkedPort> ports(ContainerRecord other) {
        return other.config().exposedPorts().stream()
                .map(port -> LinkedPort.parse(other.id(), port))
                .toList();
    }

    private ContainerRecord running(ContainerRecord record, String target, String alias) {
        Container other;
        try {
            other = rooms.containers().get(target);
        } catch (NotFound e) {
            // Not as "not found": clients would take it for a missing image.
            throw new InvalidArgument(
                    e.subject(), "could not get container for " + target + ": " + e.text(), e);
        }
        if (!other.state().isRunning()) {
            throw new Conflict(
                    other.subject(),
                    "Cannot link to a non running container: /%s AS /%s/%s"
                            .formatted(other.name(), record.name(), alias));
        }
        return other.record();
    }
}
