package dev.carafe.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Answers without what differs from run to run: its kind stands in its place.
final class Masked {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// Numbers that say nothing about the daemon.
    private static final Set<String> NUMBERS =
            Set.of(
                    "Pid",
                    "Size",
                    "VirtualSize",
                    "SizeRw",
                    "SizeRootFs",
                    "Created",
                    "LayersSize",
                    "time",
                    "timeNano",
                    "SpaceReclaimed",
                    "UsageData");

    /// Strings of which only the presence says something.
    private static final Set<String> STRINGS =
            Set.of(
                    "ResolvConfPath",
                    "HostnamePath",
                    "HostsPath",
                    "LogPath",
                    "Mountpoint",
                    "SandboxKey",
                    "MacAddress",
                    "DockerVersion",
                    "com.docker.network.bridge.name",
                    // ours is that of the host's own way out
                    "com.docker.network.driver.mtu");

    private Masked() {}

    static JsonNode of(JsonNode node, String name) {
        if (node.isObject()) {
            ObjectNode copy = NODES.objectNode();
            node.properties()
                    .forEach(e -> copy.set(text(e.getKey(), ""), of(e.getValue(), e.getKey())));
            return copy;
        }
        if (node.isArray()) {
            List<JsonNode> parts = new ArrayList<>();
            node.forEach(n -> parts.add(of(n, name)));
            parts.sort(Comparator.comparing(Masked::rank));
            return NODES.arrayNode().addAll(parts);
        }
        if (node.isNumber() && NUMBERS.contains(name)) {
            return new TextNode(node.asLong() == 0 ? "0" : "NUMBER");
        }
        if (node.isTextual()) {
            if (STRINGS.contains(name) && !node.asText().isEmpty()) {
                return new TextNode("TEXT");
            }
            return new TextNode(text(node.asText(), name));
        }
        return node;
    }

    /// Networks and mounts come in no order.
    private static String rank(JsonNode node) {
        return node.path("Destination")
                .asText(node.has("Driver") ? node.path("Name").asText() : "");
    }

    /// Without all that is counted or measured.
    static JsonNode figures(JsonNode node) {
        if (node.isObject()) {
            ObjectNode copy = NODES.objectNode();
            node.properties().forEach(e -> copy.set(e.getKey(), figures(e.getValue())));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = NODES.arrayNode();
            node.forEach(n -> copy.add(figures(n)));
            return copy;
        }
        return node.isNull()
                ? node
                : new TextNode(text(node.asText(), "").replaceAll("[0-9]+", "N"));
    }

    private static final Pattern RANDOM_NAME = Pattern.compile("/?[a-z]+_[a-z]+");
    private static final Pattern DATA = Pattern.compile("/tmp/[^/]+/data");
    private static final Pattern LONG_ID = Pattern.compile("\\b[0-9a-f]{64}\\b");
    private static final Pattern SHORT_ID = Pattern.compile("\\b(?=[0-9a-f]*[0-9])[0-9a-f]{12}\\b");
    private static final Pattern TIME =
            Pattern.compile(
                    "\\b(?!0001)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)");
    private static final Pattern SPAN =
            Pattern.compile("\\b(Up|Created|Exited \\(\\d+\\)) .*(second|minute)s?( ago)?");

    /// The default bridge takes the first range of these that nothing on the machine uses.
    private static final Pattern POOL =
            Pattern.compile("\\b172\\.(1[7-9]|2[0-9]|3[01])\\.(0\\.[0-9])");

    static String text(String text, String name) {
        String t = LONG_ID.matcher(text).replaceAll("ID");
        t = SHORT_ID.matcher(t).replaceAll("SHORT");
        t = TIME.matcher(t).replaceAll("TIME");
        t = DATA.matcher(t).replaceAll("DATA");
        t = POOL.matcher(t).replaceAll("172.17.$2");
        if ((name.equals("name") || name.equals("Names")) && RANDOM_NAME.matcher(t).matches()) {
            return "NAME";
        }
        return name.equals("Status") ? SPAN.matcher(t).replaceAll("$1 SPAN") : t;
    }
}
