package dev.carafe.engine;

import dev.carafe.engine.container.Removal;
import dev.carafe.engine.volumes.Volume;
import dev.carafe.engine.volumes.Volumes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes, lists and removes volumes. Engine API /volumes.
public final class ManageVolumes {
    private final Volumes volumes;
    private final Removal removal;

    ManageVolumes(Volumes volumes, Removal removal) {
        this.volumes = volumes;
        this.removal = removal;
    }

    public List<Volume> list() {
        return volumes.list();
    }

    /// @throws dev.carafe.base.NotFound `get x: no such volume`
    public Volume get(String name) {
        return volumes.get(name);
    }

    /// @param name null or empty: a random one
    public Volume create(
            @Nullable String name,
            String driver,
            Map<String, String> labels,
            Map<String, String> options) {
        return volumes.create(name, driver, labels, options);
    }

    /// @throws dev.carafe.base.Conflict a container mounts it
    public void remove(String name, boolean force) {
        volumes.remove(name, force, removal::users);
    }

    /// Containers that mount it.
    public List<String> users(String name) {
        return removal.users(name);
    }

    /// Where its data lies on the host.
    public Path mountpoint(String name) {
        return volumes.data(name);
    }
}
