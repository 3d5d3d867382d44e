package dev.carafe.oci;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A set of strings that JSON writes as an object with empty objects as values: `{"80/tcp":{}}`, as exposed ports and volumes are
/// (image-spec config.md). Keeps the order.
public record NameSet(Set<String> names) {
    public static final NameSet EMPTY = new NameSet(Set.of());

    public NameSet {
        names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
    }

    public static NameSet of(String... names) {
        return new NameSet(new LinkedHashSet<>(List.of(names)));
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }
}
