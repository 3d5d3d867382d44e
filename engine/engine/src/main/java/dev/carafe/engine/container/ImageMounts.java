package dev.carafe.engine.container;

import dev.carafe.base.Undo;
import dev.carafe.engine.spec.PlannedMount;
import dev.carafe.snapshots.OwnerMap;
import dev.carafe.snapshots.RootMount;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/// Images that a container mounts (`--mount type=image`). Each is a root of its own in the store,
/// to which nothing is written: it keeps the image's layers for as long as the container exists,
/// whatever becomes of the image.
public final class ImageMounts {
    private static final String MARK = ".image.";

    private final Rooms rooms;

    ImageMounts(Rooms rooms) {
        this.rooms = rooms;
    }

    /// The container that a root of the store belongs to, its own or one of a mounted image.
    static String owner(String key) {
        int mark = key.indexOf(MARK);
        return mark < 0 ? key : key.substring(0, mark);
    }

    private static String key(String container, PlannedMount mount) {
        byte[] destination = mount.destination().getBytes(StandardCharsets.UTF_8);
        return container + MARK + UUID.nameUUIDFromBytes(destination);
    }

    /// @throws dev.carafe.base.NotFound an image went away meanwhile
    void prepare(String container, List<PlannedMount> mounts, Undo undo) {
        for (PlannedMount mount : mounts) {
            if (mount.isImage()) {
                String key = key(container, mount);
                rooms.snapshots().prepare(key, rooms.images().get(mount.source()).top());
                undo.push(() -> rooms.snapshots().discard(key));
            }
        }
    }

    void discard(String container, List<PlannedMount> mounts) {
        for (PlannedMount mount : mounts) {
            if (mount.isImage()) {
                rooms.snapshots().discard(key(container, mount));
            }
        }
    }

    /// The image's files as a detached mount. The caller closes it.
    ///
    /// @param owners that it shows
    RootMount mount(String container, PlannedMount mount, OwnerMap owners) {
        String key = key(container, mount);
        return owners.equals(OwnerMap.NONE)
                ? rooms.snapshots().mount(key)
                : rooms.snapshots().mount(key, RootMounts.idMaps(rooms.runtime(), owners));
    }
}
