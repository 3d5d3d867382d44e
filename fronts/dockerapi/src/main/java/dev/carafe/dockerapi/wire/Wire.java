package dev.carafe.dockerapi.wire;

import dev.carafe.dockermodel.Empty;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Go's zero values for what the wire left out, and the other way.
final class Wire {
    private Wire() {}

    static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    static boolean flag(@Nullable Boolean value) {
        return Boolean.TRUE.equals(value);
    }

    static long number(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    static int number(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    /// Without the nulls that a client may have put between its strings.
    static <T> List<T> list(@Nullable List<T> value) {
        return value == null ? List.of() : value.stream().filter(Objects::nonNull).toList();
    }

    static <V> Map<String, V> map(@Nullable Map<String, V> value) {
        return value == null ? Map.of() : value;
    }

    static @Nullable <T> List<T> nullIfEmpty(List<T> value) {
        return value.isEmpty() ? null : value;
    }

    static @Nullable <V> Map<String, V> nullIfEmpty(Map<String, V> value) {
        return value.isEmpty() ? null : value;
    }

    static @Nullable String nullIfEmpty(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    static @Nullable Boolean nullIfFalse(boolean value) {
        return value ? Boolean.TRUE : null;
    }

    static Set<String> names(@Nullable Map<String, Empty> set) {
        return set == null ? Set.of() : Set.copyOf(set.keySet());
    }

    static Map<String, Empty> set(Collection<String> names) {
        Map<String, Empty> set = new TreeMap<>();
        names.forEach(name -> set.put(name, new Empty()));
        return set;
    }
}
