package dev.carafe.runtime;

import dev.carafe.base.ResourceExhausted;
import dev.carafe.runtime.steps.ContainerShape.RootMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// An overlay for mount(2), whose options must fit into one page: names are relative to a common
/// folder where that makes them shorter.
final class OverlayRoot {
    private static final int PAGE = 4096;

    private OverlayRoot() {}

    static RootMount.MountOverlay of(RootFilesystem.Overlay overlay, Path runDir) {
        Path at = runDir.resolve("root");
        try {
            Files.createDirectories(at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Path> all = new ArrayList<>(overlay.lower());
        all.add(overlay.upper());
        all.add(overlay.work());
        Path folder = common(all);
        String options =
                "lowerdir="
                        + overlay.lower().stream()
                                .map(p -> name(folder, p))
                                .collect(Collectors.joining(":"))
                        + ",upperdir="
                        + name(folder, overlay.upper())
                        + ",workdir="
                        + name(folder, overlay.work());
        if (options.length() >= PAGE) {
            throw new ResourceExhausted(
                    "the image has too many layers for this kernel: " + overlay.lower().size());
        }
        return new RootMount.MountOverlay(folder.toString(), options, at.toString());
    }

    private static Path common(List<Path> paths) {
        Path folder = paths.getFirst().toAbsolutePath().normalize();
        for (Path path : paths) {
            while (!path.toAbsolutePath().normalize().startsWith(folder)) {
                folder = folder.getParent() == null ? folder : folder.getParent();
            }
        }
        return folder;
    }

    private static String name(Path folder, Path path) {
        String relative = folder.relativize(path.toAbsolutePath().normalize()).toString();
        return (relative.isEmpty() ? "." : relative)
                .replace("\\", "\\\\")
                .replace(":", "\\:")
                .replace(",", "\\,");
    }
}
