package dev.carafe.snapshots;

import java.nio.file.Path;
import java.util.List;

/// The directories of an overlay mount (kernel documentation, filesystems/overlayfs).
///
/// @param lower read-only layers, top first, never empty
public record OverlayDirs(List<Path> lower, Path upper, Path work) {
    public OverlayDirs {
        lower = List.copyOf(lower);
    }
}
