package dev.carafe.cli.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value with a fixed set of fields: an unknown name is an error, not "no value".
public interface GoStruct {
    /// The type's name in error sentences.
    String typeName();

    default boolean has(String field) {
        return all().containsKey(field);
    }

    /// @param arguments given after the name, for fields that are methods, such as `.Label "key"`
    default @Nullable Object get(String field, List<@Nullable Object> arguments) {
        return all().get(field);
    }

    /// Whether the field takes arguments.
    default boolean isMethod(String field) {
        return false;
    }

    /// Whether `json` writes `<`, `>` and `&` as escapes, as Go's encoder does unless told not to.
    default boolean escapesHtml() {
        return false;
    }

    /// All fields in order, for `json`.
    Map<String, @Nullable Object> all();

    /// All fields in order for printing the whole, also those that JSON leaves out.
    default Map<String, @Nullable Object> printed() {
        return all();
    }
}
