package dev.carafe.engine.volumes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.spec.Idmap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One `source:target[:options]` of HostConfig.Binds, taken apart.
///
/// @param source absolute path on the host or a volume's name
/// @param mode the options as written
/// @param idmap what the option `idmap` says, empty for the word alone; null without it
record BindText(
        String source,
        String target,
        String mode,
        boolean writable,
        String propagation,
        boolean noCopy,
        @Nullable String idmap) {
    static final Set<String> PROPAGATIONS =
            Set.of("private", "rprivate", "shared", "rshared", "slave", "rslave");
    private static final Set<String> ACCESS = Set.of("ro", "rw");
    private static final Set<String> COPYING = Set.of("nocopy");
    private static final Set<String> LABELS = Set.of("z", "Z");
    private static final Set<String> CONSISTENCIES = Set.of("consistent", "cached", "delegated");
    private static final Set<String> ALL =
            Stream.of(PROPAGATIONS, ACCESS, COPYING, LABELS, CONSISTENCIES)
                    .flatMap(Set::stream)
                    .collect(Collectors.toUnmodifiableSet());

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
        List<String> options = mode.isEmpty() ? List.of() : List.of(mode.split(",", -1));
        String propagation = one(PROPAGATIONS, options, mode);
        boolean writable = !one(ACCESS, options, mode).equals("ro");
        boolean noCopy = !one(COPYING, options, mode).isEmpty();
        one(LABELS, options, mode);
        one(CONSISTENCIES, options, mode);
        List<String> idmaps = options.stream().filter(BindText::isIdmap).toList();
        if (idmaps.size() > 1 || !options.stream().allMatch(o -> ALL.contains(o) || isIdmap(o))) {
            throw new InvalidArgument("invalid mode: " + mode);
        }
        boolean bind = parts[0].startsWith("/");
        if (bind ? noCopy : !propagation.isEmpty()) {
            throw new InvalidArgument(
                    "invalid volume specification: '%s': invalid mount config for type \"%s\": field %s must not be specified"
                            .formatted(
                                    text,
                                    bind ? "bind" : "volume",
                                    bind ? "VolumeOptions" : "BindOptions"));
        }
        return new BindText(
                parts[0],
                clean(parts[1], text),
                mode,
                writable,
                propagation,
                noCopy,
                idmaps.isEmpty() ? null : checkedIdmap(idmaps.getFirst()));
    }

    private static boolean isIdmap(String option) {
        return option.equals("idmap") || option.startsWith("idmap=");
    }

    private static String checkedIdmap(String option) {
        String text = option.substring(Math.min(option.length(), "idmap=".length()));
        Idmap.parse(text);
        return text;
    }

    /// The one option of a kind, or empty.
    ///
    /// @throws InvalidArgument there are several
    private static String one(Set<String> kind, List<String> options, String mode) {
        List<String> found = options.stream().filter(kind::contains).toList();
        if (found.size() > 1) {
            throw new InvalidArgument("invalid mode: " + mode);
        }
        return found.isEmpty() ? "" : found.getFirst();
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
