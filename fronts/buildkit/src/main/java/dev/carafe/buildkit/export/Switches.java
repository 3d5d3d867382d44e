package dev.carafe.buildkit.export;

import dev.carafe.base.InvalidArgument;
import java.util.Map;

/// Options of exporters that are on or off.
final class Switches {
    private Switches() {}

    /// @param otherwise what holds when the client does not say
    /// @throws InvalidArgument for what is neither
    static boolean isOn(Map<String, String> attrs, String name, boolean otherwise) {
        String text = attrs.get(name);
        return switch (text) {
            case null -> otherwise;
            case "", "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default ->
                    throw new InvalidArgument("non-bool value specified for " + name + ": " + text);
        };
    }
}
