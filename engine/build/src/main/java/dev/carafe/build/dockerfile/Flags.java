package dev.carafe.build.dockerfile;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.words.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The flags of one instruction by their names.
final class Flags {
    enum Kind {
        BOOL,
        ONE,
        MANY
    }

    private final Map<String, List<String>> values = new HashMap<>();

    /// @throws InvalidArgument for a flag that the instruction has not, or a wrong value
    Flags(List<String> words, Map<String, Kind> known) {
        for (String word : words) {
            int equals = word.indexOf('=');
            String flag = equals < 0 ? word : word.substring(0, equals);
            String name = flag.substring(2);
            Kind kind = known.get(name);
            if (kind == null) {
                throw new InvalidArgument(
                        "unknown flag: " + flag + Nearest.hint(name, known.keySet()));
            }
            if (values.containsKey(name) && kind != Kind.MANY) {
                throw new InvalidArgument("duplicate flag specified: " + flag);
            }
            String value = equals < 0 ? null : word.substring(equals + 1);
            values.computeIfAbsent(name, n -> new ArrayList<>())
                    .add(kind == Kind.BOOL ? bool(flag, value) : text(flag, value));
        }
    }

    private static String text(String flag, @Nullable String value) {
        if (value == null) {
            throw new InvalidArgument("missing a value on flag: " + flag);
        }
        return value;
    }

    private static String bool(String flag, @Nullable String value) {
        if (value == null) {
            return "true";
        }
        String lower = value.toLowerCase(Locale.ROOT);
        if (lower.isEmpty()) {
            throw new InvalidArgument("missing a value on flag: " + flag);
        }
        if (!lower.equals("true") && !lower.equals("false")) {
            throw new InvalidArgument(
                    "expecting boolean value for flag " + flag + ", not: " + value);
        }
        return lower;
    }

    /// The value, or null when the flag was not given or is empty.
    @Nullable String one(String name) {
        List<String> given = values.get(name);
        return given == null || given.getFirst().isEmpty() ? null : given.getFirst();
    }

    List<String> many(String name) {
        return values.getOrDefault(name, List.of());
    }

    /// Null when the flag was not given.
    @Nullable Boolean maybe(String name) {
        List<String> given = values.get(name);
        return given == null ? null : given.getFirst().equals("true");
    }

    boolean on(String name) {
        return Boolean.TRUE.equals(maybe(name));
    }
}
