package dev.carafe.dockerapi.http;

import dev.carafe.base.InvalidArgument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A request's query, decoded. Rules as Docker's router has them.
public final class Query {
    private static final Set<String> FALSE = Set.of("", "0", "no", "false", "none");

    private final Map<String, List<String>> values;

    private Query(Map<String, List<String>> values) {
        this.values = values;
    }

    /// @param raw the text after the question mark, or null
    public static Query parse(@Nullable String raw) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (raw != null && !raw.isEmpty()) {
            for (String pair : raw.split("&")) {
                if (pair.isEmpty()) {
                    continue;
                }
                int eq = pair.indexOf('=');
                String key = Percent.decode(eq < 0 ? pair : pair.substring(0, eq), true);
                String value = eq < 0 ? "" : Percent.decode(pair.substring(eq + 1), true);
                values.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
            }
        }
        return new Query(values);
    }

    /// The first value, or null when the key is absent.
    public @Nullable String first(String key) {
        List<String> all = values.get(key);
        return all == null ? null : all.getFirst();
    }

    /// The first value, or empty.
    public String text(String key) {
        String value = first(key);
        return value == null ? "" : value;
    }

    /// Every value of a key that may be repeated.
    public List<String> all(String key) {
        return values.getOrDefault(key, List.of());
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /// Absent, empty, 0, no, false, none (in any case) are false, anything else is true.
    public boolean flag(String key) {
        return !FALSE.contains(text(key).strip().toLowerCase(Locale.ROOT));
    }

    /// As {@link #flag}, with a value of its own when the key is absent.
    public boolean flag(String key, boolean absent) {
        return has(key) ? flag(key) : absent;
    }

    /// A whole number, or null when absent or empty.
    ///
    /// @throws InvalidArgument when it is none
    public @Nullable Integer integer(String key) {
        String text = text(key);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new InvalidArgument("strconv.Atoi: parsing \"" + text + "\": invalid syntax");
        }
    }
}
