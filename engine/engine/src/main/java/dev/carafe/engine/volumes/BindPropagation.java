package dev.carafe.engine.volumes;

import dev.carafe.base.InvalidArgument;
import java.nio.file.Path;

/// How mounts made on the host later reach into a bind of its files. What holds the engine's own
/// folder, or is within it, must follow the host: else unmounting there would be kept up by
/// containers.
final class BindPropagation {
    private final Path dataRoot;

    BindPropagation(Path dataRoot) {
        this.dataRoot = dataRoot;
    }

    /// @param asked empty: the default
    /// @throws InvalidArgument with Docker's sentence where it does not go with the engine's folder
    String of(String asked, Path source) {
        if (!source.startsWith(dataRoot) && !dataRoot.startsWith(source)) {
            return asked.isEmpty() ? "rprivate" : asked;
        }
        return switch (asked) {
            case "" -> "rslave";
            case "rslave", "rshared" -> asked;
            default ->
                    throw new InvalidArgument(
                            "invalid mount config: must use either propagation mode \"rslave\" or \"rshared\" when mount source is within the daemon root, daemon root: \"%s\", bind mount source: \"%s\", propagation: \"%s\""
                                    .formatted(dataRoot, source, asked));
        };
    }
}
