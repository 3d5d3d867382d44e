package dev.carafe.engine.names;

import dev.carafe.base.InvalidArgument;
import java.util.regex.Pattern;

/// The grammar of container names, as Docker's.
public final class ContainerNames {
    private static final String ALLOWED = "[a-zA-Z0-9][a-zA-Z0-9_.-]";
    private static final Pattern NAME = Pattern.compile("/?" + ALLOWED + "+");

    private ContainerNames() {}

    /// The name without its leading slash.
    ///
    /// @throws InvalidArgument with Docker's sentence
    public static String check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidArgument(
                    "Invalid container name (" + name + "), only " + ALLOWED + " are allowed");
        }
        return withoutSlash(name);
    }

    public static String withoutSlash(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }
}
