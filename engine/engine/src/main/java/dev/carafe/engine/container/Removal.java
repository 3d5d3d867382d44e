package dev.carafe.engine.container;

import dev.carafe.base.CarafeException;
import dev.carafe.engine.spec.PlannedMount;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.state.ExitStatus;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Removes a container that does not run. Its record goes first, durably: from then on it does not
/// exist. Its folders go in the background; what is left after a crash is swept by {@link
/// Recovery}.
public final class Removal implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Removal.class.getName());
    private final Rooms rooms;
    private final ContainerEvents events;
    private final ImageMounts images;
    private final Sweeper sweeper = new Sweeper();

    Removal(Rooms rooms, ContainerEvents events) {
        this.rooms = rooms;
        this.images = new ImageMounts(rooms);
        this.events = events;
    }

    /// @throws dev.carafe.base.Conflict it runs, or its removal is under way
    public void remove(Container container, boolean volumes) {
        ContainerRecord record = container.record();
        ExitStatus status =
                container.whileLocked(() -> {
                    ContainerState before = container.state();
                    container.beginRemoval();
                    ContainerState.Exited last = before.lastExit();
                    return last == null ? new ExitStatus.Code(0) : last.status();
                });
        rooms.files().forget(record.id());
        rooms.containers().remove(container);
        // a log that is sent elsewhere is sent to its end while it is there
        container.streams().close();
        sweep(record.id(), record.mounts());
        if (volumes) {
            removeVolumes(record);
        }
        events.publish(record, "destroy");
        container.announceRemoval(status);
    }

    /// What a container without a record may have left.
    void sweep(String id) {
        sweep(id, List.of());
    }

    private void sweep(String id, List<PlannedMount> mounts) {
        try {
            rooms.networks().detach(id);
            rooms.snapshots().discard(id);
            images.discard(id, mounts);
        } catch (CarafeException e) {
            LOG.log(
                    Level.WARNING,
                    "container "
                            + id
                            + " left something behind; the next start of the daemon removes it",
                    e);
            return;
        }
        sweeper.sweep(rooms.files().all(id));
    }

    private void removeVolumes(ContainerRecord record) {
        for (PlannedMount mount : record.mounts()) {
            if (mount.anonymous()) {
                try {
                    rooms.volumes().remove(mount.name(), true, this::users);
                } catch (CarafeException e) {
                    LOG.log(Level.DEBUG, "volume {0} stays: {1}", mount.name(), e.text());
                }
            }
        }
    }

    /// Who mounts a volume.
    public List<String> users(String volume) {
        return rooms.containers().all().stream()
                .filter(c ->
                        c.record().mounts().stream()
                                .anyMatch(m -> m.isVolume() && m.name().equals(volume)))
                .map(Container::id)
                .toList();
    }

    /// How many containers mount each volume, of those that any mounts.
    public Map<String, Integer> userCounts() {
        Map<String, Integer> counts = new HashMap<>();
        for (Container container : rooms.containers().all()) {
            container.record().mounts().stream()
                    .filter(PlannedMount::isVolume)
                    .map(PlannedMount::name)
                    .distinct()
                    .forEach(name -> counts.merge(name, 1, Integer::sum));
        }
        return counts;
    }

    /// Ends when the folders of what was removed are gone, or some seconds later.
    @Override
    public void close() {
        sweeper.close();
    }
}
