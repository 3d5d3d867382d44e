package dev.carafe.engine.spec;

import dev.carafe.oci.runtime.Linux;
import dev.carafe.snapshots.OwnerMap;
import java.util.ArrayList;
import java.util.List;

/// The owners of a user namespace as id maps, in the two forms that the kernel takes.
public final class IdMaps {
    /// What is nobody's in an image: on the disk, root of the host in an idmapped mount. Overlayfs
    /// makes its own files as that root.
    private static final Linux.IdMapping HOST_ROOT = new Linux.IdMapping(0xffff_fffeL, 0, 1);

    private IdMaps() {}

    /// Of the namespace that a container lives in: ids inside to the host's.
    public static List<Linux.IdMapping> ofContainer(List<OwnerMap.Range> ranges) {
        return ranges.stream()
                .map(r -> new Linux.IdMapping(r.inside(), r.outside(), r.count()))
                .toList();
    }

    /// Of the mounts it has: owners on the disk to the host's.
    public static List<Linux.IdMapping> ofMounts(List<OwnerMap.Range> ranges) {
        if (ranges.isEmpty()) {
            return List.of();
        }
        List<Linux.IdMapping> all = new ArrayList<>(ofContainer(ranges));
        all.add(HOST_ROOT);
        return List.copyOf(all);
    }
}
