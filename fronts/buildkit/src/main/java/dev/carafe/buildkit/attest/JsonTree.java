package dev.carafe.buildkit.attest;

import dev.carafe.base.json.JsonString;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// JSON of maps, lists, texts, numbers and truth values. Members that are null, or that are empty
/// maps or lists, are left out.
final class JsonTree {
    private JsonTree() {}

    /// @throws IllegalArgumentException for anything else
    static String write(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .filter(entry -> isSaid(entry.getValue()))
                            .map(entry ->
                                    JsonString.quoted(String.valueOf(entry.getKey()))
                                            + ":"
                                            + write(entry.getValue()))
                            .collect(Collectors.joining(",", "{", "}"));
            case List<?> list ->
                    list.stream().map(JsonTree::write).collect(Collectors.joining(",", "[", "]"));
            case String text -> JsonString.quoted(text);
            case Boolean _, Integer _, Long _ -> value.toString();
            case Always always -> write(always.value());
            default -> throw new IllegalArgumentException("no JSON: " + value.getClass());
        };
    }

    /// A member that is written also when it is empty.
    record Always(Object value) {}

    private static boolean isSaid(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Map<?, ?> map -> !map.isEmpty();
            case List<?> list -> !list.isEmpty();
            default -> true;
        };
    }
}
