package dev.carafe.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// An HTTP answer as `curl -D -` writes it.
///
/// @param fields header fields by their names in lower case
record Heard(int status, Map<String, String> fields, String body) {
    /// Fields that say when, how long, or what every answer of the daemon says.
    private static final Set<String> OF_THE_MOMENT =
            Set.of("date", "content-length", "transfer-encoding", "connection");

    private static final Set<String> OF_EVERY_ANSWER =
            Set.of("api-version", "docker-experimental", "ostype", "server");

    Heard {
        fields = Map.copyOf(fields);
    }

    static Heard of(String text) {
        String[] halves = text.split("\r?\n\r?\n", 2);
        String head = halves[0];
        String body = halves.length > 1 ? halves[1] : "";
        if (head.matches("HTTP/1.1 100 .*")) {
            return of(body);
        }
        Map<String, String> fields = new TreeMap<>();
        for (String line : head.lines().skip(1).toList()) {
            String[] parts = line.split(": *", 2);
            fields.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
        }
        return new Heard(Integer.parseInt(head.split(" ", 3)[1]), fields, body);
    }

    boolean isArchive() {
        return fields.getOrDefault("content-type", "").equals("application/x-tar");
    }

    /// @param all with those that every answer has
    ObjectNode headers(boolean all) {
        ObjectNode found = Answers.JSON.createObjectNode();
        new TreeMap<>(fields)
                .forEach((name, value) -> {
                    if (!OF_THE_MOMENT.contains(name) && (all || !OF_EVERY_ANSWER.contains(name))) {
                        found.put(name, value);
                    }
                });
        return found;
    }
}
