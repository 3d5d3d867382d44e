package dev.carafe.buildkit.cache;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One `--cache-from` or `--cache-to`, as clients write it into `cache-imports`.
///
/// @param type `registry`, `local`, `inline`, ...
@Json
public record CacheOption(
        @Json.Property("Type") String type, @Json.Property("Attrs") Map<String, String> attrs) {
    public CacheOption {
        type = type == null ? "" : type;
        attrs = attrs == null ? Map.of() : Map.copyOf(attrs);
    }

    /// Empty for none.
    String attr(String name) {
        return attrs.getOrDefault(name, "");
    }

    boolean is(String name, boolean otherwise) {
        String text = attr(name);
        return text.isEmpty() ? otherwise : text.equals("1") || text.equalsIgnoreCase("true");
    }

    /// For displays: the reference, or the folder.
    String shown() {
        for (@Nullable String name : new String[] {"ref", "src", "dest"}) {
            String value = attr(String.valueOf(name));
            if (!value.isEmpty()) {
                return value;
            }
        }
        return type;
    }
}
