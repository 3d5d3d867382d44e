package dev.carafe.engine.events;

import java.util.Map;
import java.util.Set;

/// Docker's event filters. Values of one key are alternatives, keys all hold, and so do labels. Ids
/// and names match by their beginning; a key that Docker does not know changes nothing.
final class EventFilter {
    private static final Set<String> BY_BEGINNING =
            Set.of("health_status", "exec_create", "exec_start");

    private EventFilter() {}

    static boolean matches(Event event, Map<String, Set<String>> filters) {
        return filters.entrySet().stream().allMatch(f -> key(event, f.getKey(), f.getValue()));
    }

    private static boolean key(Event event, String key, Set<String> values) {
        if (values.isEmpty()) {
            return true;
        }
        return switch (key) {
            case "event" -> action(event.action(), values);
            case "type" -> values.contains(event.type());
            case "scope" -> values.contains("local");
            case "label" -> values.stream().allMatch(v -> label(event, v));
            case "image" -> values.stream().anyMatch(v -> image(event, v));
            case "container",
                    "network",
                    "volume",
                    "daemon",
                    "plugin",
                    "service",
                    "node",
                    "secret",
                    "config" ->
                    event.type().equals(key) && values.stream().anyMatch(v -> subject(event, v));
            default -> true;
        };
    }

    /// What such a word begins goes on with the command or the status.
    private static boolean action(String action, Set<String> values) {
        boolean begins = values.stream().anyMatch(BY_BEGINNING::contains);
        return values.stream().anyMatch(v -> begins ? action.startsWith(v) : action.equals(v));
    }

    private static boolean image(Event event, String value) {
        String name =
                event.attributes()
                        .getOrDefault(event.type().equals("image") ? "name" : "image", "");
        return event.actorId().equals(value)
                || name.equals(value)
                || withoutTag(event.actorId()).equals(value)
                || withoutTag(name).equals(value);
    }

    private static String withoutTag(String image) {
        int at = image.indexOf('@');
        String name = at < 0 ? image : image.substring(0, at);
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
    }

    private static boolean subject(Event event, String value) {
        String wanted = value.startsWith("/") ? value.substring(1) : value;
        return event.actorId().startsWith(wanted)
                || event.attributes().getOrDefault("name", "").startsWith(wanted);
    }

    private static boolean label(Event event, String value) {
        int equals = value.indexOf('=');
        String found = event.attributes().get(equals < 0 ? value : value.substring(0, equals));
        return found != null && (equals < 0 || found.equals(value.substring(equals + 1)));
    }
}
