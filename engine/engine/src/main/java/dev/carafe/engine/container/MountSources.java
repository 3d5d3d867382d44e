package dev.carafe.engine.container;

import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.spec.PlannedMount;
import dev.carafe.engine.volumes.CopyUp;
import dev.carafe.linux.Fd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Makes what a container's mounts come from: missing folders on the host, the first content of
/// volumes.
public final class MountSources {
    private MountSources() {}

    /// @param root the container's root, which empty volumes are filled from
    public static void prepare(List<PlannedMount> mounts, Fd root) {
        for (PlannedMount mount : mounts) {
            if (mount.createSource() && !Files.exists(Path.of(mount.source()))) {
                try {
                    Files.createDirectories(Path.of(mount.source()));
                } catch (IOException e) {
                    throw new InvalidArgument(
                            "error while creating mount source path '"
                                    + mount.source()
                                    + "': "
                                    + e.getMessage());
                }
            }
            CopyUp.fill(mount, root);
        }
    }
}
