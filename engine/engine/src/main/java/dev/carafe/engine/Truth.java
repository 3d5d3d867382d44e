package dev.carafe.engine;

import dev.carafe.base.InvalidArgument;

/// Values of filters that are true or false.
public final class Truth {
    private Truth() {}

    /// @throws InvalidArgument `invalid filter 'dangling=[odd]'`
    public static boolean of(String key, String value) {
        return switch (value) {
            case "1", "true" -> true;
            case "0", "false" -> false;
            default -> throw new InvalidArgument("invalid filter '" + key + "=[" + value + "]'");
        };
    }
}
