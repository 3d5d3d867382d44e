package dev.carafe.engine.events;

import java.util.Map;
import java.util.Set;

/// Docker's event filters.
final class EventFilter {
    private EventFilter() {}

    static boolean matches(Event event, Map<String, Set<String>> filters) {
        return filters.entrySet().stream().allMatch(f -> key(event, f.getKey(), f.getValue()));
    }

    private static boolean key(Event event, String key, Set<String> values) {
        if (values.isEmpty()) {
            return true;
        }
        return key.equals("label")
                ? values.stream().allMatch(v -> label(event, v))
                : values.stream().anyMatch(v -> one(event, key, v));
    }

    private static boolean one(Event event, String key, String value) {
        return switch (key) {
            case "event" -> event.action().equals(value) || event.action().startsWith(value + ":");
            case "type" -> event.type().equals(value);
            case "scope" -> value.equals("local");
            case "image" ->
                    event.type().equals("image")
                            ? subject(event, value)
                            : image(event.attributes().getOrDefault("image", ""), value);
            case "container", "network", "volume", "daemon" ->
                    event.type().equals(key) && subject(event, value);
            default -> false;
        };
    }

    private static boolean image(String image, String value) {
        return image.equals(value) || image.startsWith(value + ":");
    }

    private static boolean subject(Event event, String value) {
        String name = event.attributes().getOrDefault("name", "");
        return event.actorId().startsWith(value)
                || name.equals(value)
                || ("/" + name).equals(value);
    }

    private static boolean label(Event event, String value) {
        int equals = value.indexOf('=');
        String found = event.attributes().get(equals < 0 ? value : value.substring(0, equals));
        return found != null && (equals < 0 || found.equals(value.substring(equals + 1)));
    }
}
