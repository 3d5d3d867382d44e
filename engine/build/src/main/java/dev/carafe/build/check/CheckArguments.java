package dev.carafe.build.check;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Build arguments, as far as checks ask for them.
///
/// @param given what the client gave; a null value is none
/// @param values those that FROM may use, as this build has them; null for one without a value
/// @param defaults the same as if the client had given nothing
public record CheckArguments(
        Map<String, @Nullable String> given,
        Map<String, @Nullable String> values,
        Map<String, @Nullable String> defaults) {
    public CheckArguments {
        given = new HashMap<>(given);
        values = new HashMap<>(values);
        defaults = new HashMap<>(defaults);
    }
}
