package dev.carafe.cli.command;

import dev.carafe.cli.flags.Csv;
import dev.carafe.cli.session.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One value of `build --output`.
///
/// @param type `image`, `registry`, `docker`, `oci`, `tar` or `local`
/// @param dest file or folder; `-` for standard output, empty for the image store
/// @param names that it gives the image besides those of `--tag`
/// @param push whether the names are pushed
record BuildOutput(String type, String dest, List<String> names, boolean push) {
    /// Reads `type=TYPE[,dest=PATH][,name=NAME][,push=true]`, a folder's path, or `-`.
    ///
    /// @throws Failure for what can't be
    static BuildOutput parse(String value) {
        if (value.equals("-")) {
            return new BuildOutput("tar", "-", List.of(), false);
        }
        List<String> fields = Csv.fields(value);
        if (fields.size() == 1 && !fields.getFirst().startsWith("type=")) {
            return new BuildOutput("local", value, List.of(), false);
        }
        String type = "";
        String dest = "";
        boolean push = false;
        List<String> names = new ArrayList<>();
        for (String field : fields) {
            int equals = field.indexOf('=');
            if (equals < 0) {
                throw new Failure("invalid value " + field + ": --output takes key=value pairs");
            }
            String of = field.substring(equals + 1);
            switch (field.substring(0, equals).toLowerCase(Locale.ROOT)) {
                case "type" -> type = of;
                case "dest" -> dest = of;
                case "name" -> names.addAll(List.of(of.split(",")));
                case "push" -> push = Boolean.parseBoolean(of);
                default ->
                        throw new Failure(
                                "the key "
                                        + field.substring(0, equals)
                                        + " of --output is not known here: use type, dest, name or"
                                        + " push");
            }
        }
        return new BuildOutput(type, dest, names, push || type.equals("registry")).checked();
    }

    private BuildOutput checked() {
        boolean needsPlace = type.equals("local") || type.equals("tar") || type.equals("oci");
        boolean hasNone = type.equals("image") || type.equals("registry");
        if (!needsPlace && !hasNone && !type.equals("docker")) {
            throw new Failure(
                    type.isEmpty()
                            ? "type is required for output"
                            : "the output type "
                                    + type
                                    + " is not known: use image, registry, docker, oci, tar or local");
        }
        if (type.equals("local") && (dest.isEmpty() || dest.equals("-"))) {
            throw new Failure("dest is required for local output: a folder");
        }
        if (hasNone && !dest.isEmpty()) {
            throw new Failure("the output type " + type + " has no dest");
        }
        return needsPlace && dest.isEmpty() ? new BuildOutput(type, "-", names, push) : this;
    }

    /// Whether the image is to stay in the image store, under its names.
    boolean isStored() {
        return dest.isEmpty();
    }
}
