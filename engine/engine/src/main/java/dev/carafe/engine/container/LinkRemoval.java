package dev.carafe.engine.container;

import dev.carafe.network.HostsFile;
import dev.carafe.network.LinkedPort;
import java.util.List;

/// Takes a link away from the container that made it: its name in other commands, and where it runs
/// the other's names in its `/etc/hosts` and the way to the other's ports.
public final class LinkRemoval {
    private final Rooms rooms;
    private final Links links;
    private final NameFiles files;

    public LinkRemoval(Rooms rooms) {
        this.rooms = rooms;
        this.links = new Links(rooms);
        this.files = new NameFiles(rooms);
    }

    public void remove(Container parent, String alias) {
        List<Links.Linked> before = links.ofRunning(parent.record());
        LinkNames.remove(parent, alias);
        if (!parent.state().isRunning()) {
            return;
        }
        ContainerRecord record = parent.record();
        List<Links.Linked> left = links.ofRunning(record);
        List<HostsFile.Entry> kept = left.stream().map(Links.Linked::entry).toList();
        before.stream()
                .map(Links.Linked::entry)
                .filter(entry -> !kept.contains(entry))
                .forEach(entry -> files.unlinked(record, entry));
        List<LinkedPort> ports = left.stream().flatMap(l -> l.ports().stream()).toList();
        rooms.networks().relink(record.id(), ports);
    }
}
