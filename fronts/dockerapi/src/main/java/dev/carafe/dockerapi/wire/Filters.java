package dev.carafe.dockerapi.wire;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockermodel.DockerJson;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// The `filters` query: `{"label":{"a=b":true}}`, or as older clients write it `{"label":["a=b"]}`.
public final class Filters {
    private final DockerJson json;

    public Filters(DockerJson json) {
        this.json = json;
    }

    /// Key to values; empty for an empty text.
    ///
    /// @throws InvalidArgument for anything else than the two forms
    public Map<String, Set<String>> parse(String text) {
        Map<String, Set<String>> filters = new LinkedHashMap<>();
        if (text.isBlank()) {
            return filters;
        }
        Object parsed;
        try {
            parsed = json.readAny(text.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidArgument e) {
            throw invalid();
        }
        if (!(parsed instanceof Map<?, ?> map)) {
            throw invalid();
        }
        map.forEach((key, value) -> filters.put(String.valueOf(key), values(value)));
        return filters;
    }

    private static Set<String> values(Object value) {
        Collection<?> all =
                switch (value) {
                    case Map<?, ?> set ->
                            set.entrySet().stream()
                                    .filter(e -> Boolean.TRUE.equals(e.getValue()))
                                    .map(Map.Entry::getKey)
                                    .toList();
                    case Collection<?> list -> list;
                    default -> throw invalid();
                };
        Set<String> texts = new LinkedHashSet<>();
        all.forEach(v -> texts.add(String.valueOf(v)));
        return texts;
    }

    private static InvalidArgument invalid() {
        return new InvalidArgument("invalid filter");
    }

    /// @throws InvalidArgument `invalid filter 'x'` for a key that is not among the allowed
    public static void allow(Map<String, Set<String>> filters, Set<String> allowed) {
        for (String key : filters.keySet()) {
            if (!allowed.contains(key)) {
                throw new InvalidArgument("invalid filter '" + key + "'");
            }
        }
    }
}
