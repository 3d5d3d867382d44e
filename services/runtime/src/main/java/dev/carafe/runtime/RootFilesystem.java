package dev.carafe.runtime;

import dev.carafe.linux.Fd;
import java.nio.file.Path;
import java.util.List;

/// Where a container's root comes from.
public sealed interface RootFilesystem {
    /// A detached mount, of fsmount(2) or open_tree(2): attached inside the container's mount
    /// namespace only.
    record Detached(Fd mount) implements RootFilesystem {}

    /// An overlay to be mounted inside the container's mount namespace, for kernels before 6.8.
    ///
    /// @param lower top first
    record Overlay(List<Path> lower, Path upper, Path work) implements RootFilesystem {
        public Overlay {
            lower = List.copyOf(lower);
        }
    }

    /// A directory, used as it is.
    record Directory(Path path) implements RootFilesystem {}
}
