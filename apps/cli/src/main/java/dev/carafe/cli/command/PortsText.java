package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Ports as `ps` shows them: `0.0.0.0:8080->80/tcp, 443-444/tcp`; neighbours with the same number
/// on both sides are one range.
final class PortsText {
    private PortsText() {}

    static String of(List<JsonObject> ports) {
        if (ports.isEmpty()) {
            return "";
        }
        List<JsonObject> sorted = new ArrayList<>(ports);
        sorted.sort(ORDER);
        List<String> result = new ArrayList<>();
        List<String> mapped = new ArrayList<>();
        Map<String, long[]> groups = new LinkedHashMap<>();
        for (JsonObject port : sorted) {
            long inside = port.number("PrivatePort");
            String ip = port.text("IP");
            if (!ip.isEmpty() && port.number("PublicPort") != inside) {
                mapped.add(
                        joined(ip, Long.toString(port.number("PublicPort")))
                                + "->"
                                + inside
                                + "/"
                                + port.text("Type"));
                continue;
            }
            String key = (ip.isEmpty() ? "" : ip + "/") + port.text("Type");
            long[] group = groups.get(key);
            if (group != null && inside == group[1] + 1) {
                group[1] = inside;
                continue;
            }
            if (group != null) {
                result.add(group(key, group));
            }
            groups.put(key, new long[] {inside, inside});
        }
        for (Map.Entry<String, long[]> group : groups.entrySet()) {
            result.add(group(group.getKey(), group.getValue()));
        }
        result.addAll(mapped);
        return String.join(", ", result);
    }

    private static final Comparator<JsonObject> ORDER =
            new Comparator<>() {
                @Override
                public int compare(JsonObject a, JsonObject b) {
                    int order = Long.compare(a.number("PrivatePort"), b.number("PrivatePort"));
                    order = order != 0 ? order : a.text("IP").compareTo(b.text("IP"));
                    order =
                            order != 0
                                    ? order
                                    : Long.compare(a.number("PublicPort"), b.number("PublicPort"));
                    return order != 0 ? order : a.text("Type").compareTo(b.text("Type"));
                }
            };

    private static String group(String key, long[] range) {
        String numbers = range[0] == range[1] ? Long.toString(range[0]) : range[0] + "-" + range[1];
        int slash = key.lastIndexOf('/');
        return slash < 0
                ? numbers + "/" + key
                : joined(key.substring(0, slash), numbers)
                        + "->"
                        + numbers
                        + "/"
                        + key.substring(slash + 1);
    }

    /// An IPv6 address in brackets.
    static String joined(String ip, String port) {
        return (ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip) + ":" + port;
    }
}
