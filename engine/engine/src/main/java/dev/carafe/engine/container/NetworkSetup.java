package dev.carafe.engine.container;

import dev.carafe.base.CarafeException;
import dev.carafe.base.Conflict;
import dev.carafe.base.Internal;
import dev.carafe.base.NotFound;
import dev.carafe.base.Undo;
import dev.carafe.base.Wrapped;
import dev.carafe.engine.config.HostNetworkConfig;
import dev.carafe.engine.spec.SpecInput;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Namespaces;
import dev.carafe.network.AttachRequest;
import dev.carafe.network.Endpoint;
import dev.carafe.network.LinkedPort;
import dev.carafe.network.PortBinding;
import dev.carafe.network.ResolverSettings;
import dev.carafe.network.Sandbox;
import dev.carafe.runtime.ContainerHandle;
import dev.carafe.snapshots.OwnerMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives a container about to start its network namespace and its three files of /etc.
final class NetworkSetup {
    private final Rooms rooms;
    private final NameFiles files;
    private final Links links;
    private final EndsUnderWay ends;

    NetworkSetup(Rooms rooms) {
        this.rooms = rooms;
        this.files = new NameFiles(rooms);
        this.links = new Links(rooms);
        this.ends = new EndsUnderWay(rooms.containers());
    }

    /// @param netns to join; null: the host's, or what `path` says, or still to be made
    /// @param path of the namespace of another container, else null
    /// @param variables for the program's environment, `NAME=value`
    /// @param due whether the container makes its namespace itself, for {@link #complete}: one made
    ///   before would not belong to its user namespace
    record Prepared(
            @Nullable Fd netns,
            @Nullable String path,
            List<Endpoint> endpoints,
            SpecInput.EtcFiles etc,
            List<String> variables,
            boolean due) {
        boolean isPrivate() {
            return due || netns != null;
        }
    }

    Prepared prepare(ContainerRecord record, Undo undo) {
        String other = ContainerRecord.sharedWith(record.host().network().mode());
        if (other != null) {
            return shared(record.id(), other);
        }
        return rooms.defaults().ownersOf(record.host()).equals(OwnerMap.NONE)
                ? own(record, null, undo)
                : new Prepared(
                        null,
                        null,
                        List.of(),
                        files.blank(record),
                        variables(links.of(record)),
                        true);
    }

    /// After the container was made, before its program runs: gives it the networks that were due.
    Prepared complete(ContainerRecord record, Prepared before, ContainerHandle handle, Undo undo) {
        if (!before.due()) {
            return before;
        }
        Fd netns = Namespaces.of(handle.initPid(), "net");
        undo.push(netns::close);
        return own(record, netns, undo);
    }

    /// @param id of who wants to join
    private Container networkDonor(String id, String ref) {
        Container other;
        try {
            other = rooms.containers().get(ref);
        } catch (NotFound e) {
            throw new Internal(
                    e.subject(), "joining network namespace of container: " + e.text(), e);
        }
        if (other.id().equals(id)) {
            throw new Internal("cannot join own network namespace");
        }
        other.notRestarting();
        if (!other.state().isRunning()) {
            throw new Conflict(
                    other.subject(),
                    "cannot join network namespace of a non running container: container %s is %s"
                            .formatted(other.name(), other.state().word()));
        }
        return other;
    }

    private Prepared shared(String id, String ref) {
        Container other = networkDonor(id, ref);
        int pid = other.running().initPid();
        String owner = ownerOfFiles(other.record());
        SpecInput.EtcFiles etc =
                new SpecInput.EtcFiles(
                        rooms.files().hostname(owner),
                        rooms.files().hosts(owner),
                        rooms.files().resolvConf(owner));
        return new Prepared(null, "/proc/" + pid + "/ns/net", List.of(), etc, List.of(), false);
    }

    /// Whose network it is has the files: one that shares another's has none.
    private String ownerOfFiles(ContainerRecord record) {
        ContainerRecord owner = record;
        String next = ContainerRecord.sharedWith(owner.host().network().mode());
        while (next != null) {
            owner = rooms.containers().get(next).record();
            next = ContainerRecord.sharedWith(owner.host().network().mode());
        }
        return owner.id();
    }

    private Prepared own(ContainerRecord record, @Nullable Fd netns, Undo undo) {
        List<Links.Linked> linked = links.of(record);
        Sandbox sandbox;
        try {
            List<LinkedPort> ports = linked.stream().flatMap(l -> l.ports().stream()).toList();
            sandbox = attachAfterEnds(record, ports, netns);
        } catch (CarafeException e) {
            throw Wrapped.in("failed to set up container networking", e);
        }
        undo.push(() -> rooms.networks().detach(record.id()));
        undo.push(sandbox::close);
        return new Prepared(
                sandbox.netns(),
                null,
                sandbox.endpoints(),
                files.write(record, sandbox, linked.stream().map(Links.Linked::entry).toList()),
                variables(linked),
                false);
    }

    private static List<String> variables(List<Links.Linked> linked) {
        return linked.stream().flatMap(l -> l.variables().stream()).toList();
    }

    private Sandbox attachAfterEnds(
            ContainerRecord record, List<LinkedPort> linked, @Nullable Fd netns) {
        try {
            return attach(record, linked, netns);
        } catch (CarafeException e) {
            if (!ends.await()) {
                throw e;
            }
            return attach(record, linked, netns);
        }
    }

    private Sandbox attach(ContainerRecord record, List<LinkedPort> linked, @Nullable Fd netns) {
        List<List<PortBinding>> choices = PortChoices.of(record);
        for (int i = 0; ; i++) {
            try {
                return rooms.networks().attach(request(record, choices.get(i), linked, netns));
            } catch (Internal e) {
                // A range gives further choices while ports are taken.
                if (i + 1 >= choices.size() || !e.text().contains("already allocated")) {
                    throw e;
                }
            }
        }
    }

    private AttachRequest request(
            ContainerRecord record,
            List<PortBinding> ports,
            List<LinkedPort> linked,
            @Nullable Fd netns) {
        HostNetworkConfig network = record.host().network();
        return new AttachRequest(
                record.id(),
                record.name(),
                Memberships.joins(record, rooms.networks()),
                ports,
                new ResolverSettings(network.dns(), network.dnsSearch(), network.dnsOptions()),
                linked,
                netns);
    }

    /// @throws Conflict when the other container of `container:` does not run
    static void checkShared(Rooms rooms, ContainerRecord record) {
        String other = ContainerRecord.sharedWith(record.host().network().mode());
        if (other != null) {
            rooms.containers().get(other).running();
        }
    }
}
