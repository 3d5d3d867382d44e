package dev.carafe.build.words;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the values of `$name` come from.
@FunctionalInterface
public interface Variables {
    Variables NONE = name -> null;

    /// The value, or null when the variable is not set.
    @Nullable String get(String name);

    static Variables of(Map<String, String> values) {
        return values::get;
    }
}
