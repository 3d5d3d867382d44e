package dev.carafe.engine;

import dev.carafe.engine.container.Removal;
import dev.carafe.engine.volumes.Volume;
import dev.carafe.engine.volumes.Volumes;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.snapshots.tree.MeasuredSizes;
import dev.carafe.snapshots.tree.TreeSize;
import java.util.List;
import java.util.Map;

/// How much disk volumes take. Engine API GET /system/df and POST /volumes/prune.
public final class MeasureVolumes {
    private static final long UNKNOWN = -1;

    private final Volumes volumes;
    private final Removal removal;
    private final MeasuredSizes sizes;

    /// @param sizes of this engine's volumes
    MeasureVolumes(Volumes volumes, Removal removal, MeasuredSizes sizes) {
        this.volumes = volumes;
        this.removal = removal;
        this.sizes = sizes;
    }

    /// @param users how many containers mount it
    /// @param bytes of its files; -1 when its data is elsewhere (a device, a network share)
    public record Measured(Volume volume, int users, long bytes) {}

    public List<Measured> all() {
        Map<String, Integer> users = removal.userCounts();
        return volumes.list().stream()
                .map(v ->
                        new Measured(
                                v,
                                users.getOrDefault(v.name(), 0),
                                sizes.of(v.name() + " " + v.created(), () -> bytes(v))))
                .toList();
    }

    /// Walks the volume's files; 0 when it is gone, -1 when its data is elsewhere.
    public long bytes(Volume volume) {
        if (volume.options().containsKey("device")) {
            return UNKNOWN;
        }
        int open = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY | FileSystem.O_NOFOLLOW;
        try (Fd data = FileSystem.open(volumes.data(volume.name()).toString(), open)) {
            return TreeSize.of(data);
        } catch (ErrnoException e) {
            // removed meanwhile, or parts of it: nothing that could be counted
            return 0;
        }
    }
}
