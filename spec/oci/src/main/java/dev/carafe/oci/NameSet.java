package dev.carafe.oci;

import io.avaje.jsonb.Json;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A set of strings that JSON writes as an object with empty objects as values: `{"80/tcp":{}}`, as
/// exposed ports and volumes are (image-spec config.md). Keeps the order.
///
/// @param entries the names as keys; the values carry nothing
@Json
public record NameSet(@Json.Unmapped Map<String, Object> entries) {
    public static final NameSet EMPTY = of();

    public NameSet {
        Map<String, Object> clean = new LinkedHashMap<>();
        for (String name : entries == null ? Set.<String>of() : entries.keySet()) {
            clean.put(name, Map.of());
        }
        entries = Collections.unmodifiableMap(clean);
    }

    public static NameSet of(String... names) {
        return copyOf(List.of(names));
    }

    /// The names in the collection's order.
    public static NameSet copyOf(Collection<String> names) {
        Map<String, Object> entries = new LinkedHashMap<>();
        names.forEach(name -> entries.put(name, Map.of()));
        return new NameSet(entries);
    }

    public Set<String> names() {
        return entries.keySet();
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }
}
