package dev.carafe.engine.container;

import dev.carafe.base.NotFound;
import dev.carafe.engine.spec.PlannedMount;
import dev.carafe.engine.volumes.CopyUp;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.LinkWalk;
import dev.carafe.snapshots.RootMount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a container has from its creation on, without ever being started: its working directory,
/// and the image's files in volumes that are empty.
final class FirstContents {
    private static final int MODE = 0755;

    private final Rooms rooms;

    FirstContents(Rooms rooms) {
        this.rooms = rooms;
    }

    /// Mounts the root only where there is something to do.
    ///
    /// @param workingDir to be made; null where the image has it
    void make(String id, List<PlannedMount> mounts, @Nullable String workingDir) {
        List<PlannedMount> volumes = mounts.stream().filter(this::isFilled).toList();
        if (volumes.isEmpty() && workingDir == null) {
            return;
        }
        try (RootMount root = rooms.snapshots().mount(id)) {
            volumes.forEach(volume -> CopyUp.fill(volume, root.mount()));
            if (workingDir != null) {
                folders(root, workingDir);
            }
        }
    }

    /// Volumes that are a file system of their own, or of which a part is mounted, are filled at
    /// the start, which mounts them.
    private boolean isFilled(PlannedMount mount) {
        if (!mount.isVolume() || !mount.copyUp() || mount.subpath() != null) {
            return false;
        }
        try {
            return rooms.volumes().get(mount.name()).options().isEmpty();
        } catch (NotFound e) {
            return false;
        }
    }

    private static void folders(RootMount root, String path) {
        try {
            String above = "/";
            for (String name : LinkWalk.follow(root.mount(), path).split("/")) {
                if (!name.isEmpty()) {
                    make(root.mount(), above, name);
                    above = above.equals("/") ? above + name : above + "/" + name;
                }
            }
        } catch (ErrnoException e) {
            // what is in the way of it is told by the start
        }
    }

    private static void make(Fd root, String above, String name) {
        int flags = FileSystem.O_PATH | FileSystem.O_DIRECTORY;
        try (Fd folder = FileSystem.openInRoot(root, above, flags, 0)) {
            FileSystem.mkdirat(folder, name, MODE);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
    }
}
