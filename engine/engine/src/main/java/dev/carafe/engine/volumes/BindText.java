package dev.carafe.engine.volumes;

import dev.carafe.base.InvalidArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One `source:target[:options]` of HostConfig.Binds, taken apart.
///
/// @param source absolute path on the host or a volume's name
/// @param mode the options as written
record BindText(
        String source,
        String target,
        String mode,
        boolean writable,
        String propagation,
        boolean noCopy) {
    private static final Set<String> PROPAGATIONS =
            Set.of("private", "rprivate", "shared", "rshared", "slave", "rslave");

    /// @throws InvalidArgument with Docker's sentence
    static BindText parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new InvalidArgument("invalid volume specification: '" + text + "'");
        }
        if (!parts[1].startsWith("/")) {
            throw new InvalidArgument(
                    "invalid volume specification: '"
                            + text
                            + "': invalid mount config for type \""
                            + (parts[0].startsWith("/") ? "bind" : "volume")
                            + "\": invalid mount path: '"
                            + parts[1]
                            + "' mount path must be absolute");
        }
        String mode = parts.length == 3 ? parts[2] : "";
        boolean writable = true;
        boolean noCopy = false;
        String propagation = "";
        for (String option : mode.isEmpty() ? List.<String>of() : List.of(mode.split(","))) {
            switch (option) {
                case "ro", "readonly" -> writable = false;
                case "rw", "z", "Z", "consistent", "cached", "delegated" -> {}
                case "nocopy" -> noCopy = true;
                default -> {
                    if (!PROPAGATIONS.contains(option)) {
                        throw new InvalidArgument("invalid mode: " + mode);
                    }
                    propagation = option;
                }
            }
        }
        return new BindText(parts[0], clean(parts[1], text), mode, writable, propagation, noCopy);
    }

    /// An absolute path without `.`, `..` and doubled slashes.
    static String clean(String path, String spec) {
        List<String> names = new ArrayList<>();
        for (String name : path.split("/")) {
            if (name.equals("..")) {
                if (!names.isEmpty()) {
                    names.removeLast();
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        if (names.isEmpty()) {
            throw new InvalidArgument(
                    "invalid volume specification: '"
                            + spec
                            + "': invalid mount config: destination can't be '/'");
        }
        return "/" + String.join("/", names);
    }
}
