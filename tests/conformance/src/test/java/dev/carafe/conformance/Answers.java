package dev.carafe.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a daemon answers to the requests of `answers/script.txt`, with all that differs from run to
/// run (ids, times, addresses, paths) replaced by its kind. Run as a program it records a daemon's
/// answers: `Answers SOCKET FOLDER` writes those of the newest version in full, of each other one
/// the steps that it answers differently.
final class Answers {
    static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    /// Of the API: the newest first.
    static final List<String> VERSIONS = List.of("1.51", "1.44", "1.41", "1.24");

    private static final Pattern STEP = Pattern.compile("(\\S+) (\\S+) (\\S+)(?: (.*))?");
    private static final String RANDOM = "[a-z]+_[a-z]+[0-9]?";
    private static final Pattern REFERENCE = Pattern.compile("\\{([a-z-]+)}");
    private final Path socket;
    private final String version;
    private final Map<String, String> ids = new HashMap<>();

    Answers(Path socket, String version) {
        this.socket = socket;
        this.version = version;
    }

    public static void main(String[] args) throws IOException {
        Map<String, JsonNode> newest = Map.of();
        for (String version : VERSIONS) {
            Map<String, JsonNode> all = new Answers(Path.of(args[0]), version).run();
            Map<String, JsonNode> known = newest;
            newest = newest.isEmpty() ? all : newest;
            StringBuilder text = new StringBuilder("{\n");
            String comma = "";
            for (Map.Entry<String, JsonNode> e : all.entrySet()) {
                if (!e.getValue().equals(known.get(e.getKey()))) {
                    text.append(comma)
                            .append(JSON.writeValueAsString(e.getKey()))
                            .append(": ")
                            .append(
                                    JSON.writeValueAsString(
                                            JSON.treeToValue(e.getValue(), Object.class)));
                    comma = ",\n";
                }
            }
            Files.writeString(
                    Path.of(args[1], "docker-" + version + ".json"), text.append("\n}\n"));
        }
    }

    /// What dockerd answered by this version of its API.
    static Map<String, JsonNode> recorded(String version) {
        try {
            Map<String, JsonNode> all = new LinkedHashMap<>();
            for (String file : List.of(VERSIONS.getFirst(), version)) {
                JSON.readTree(resource("docker-" + file + ".json"))
                        .properties()
                        .forEach(e -> all.put(e.getKey(), e.getValue()));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String resource(String name) {
        try (var in = Answers.class.getResourceAsStream("/answers/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Name of the step to its answer; `events` has what was told meanwhile.
    Map<String, JsonNode> run() {
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        long since = System.currentTimeMillis() / 1000;
        for (String line : resource("script.txt").lines().toList()) {
            Matcher step = STEP.matcher(line);
            if (!line.startsWith("#") && step.matches()) {
                String body = step.group(4) == null ? "" : step.group(4);
                answers.put(
                        step.group(1), answer(step.group(1), step.group(2), step.group(3), body));
            }
        }
        long until = System.currentTimeMillis() / 1000 + 1;
        String events = ask("GET", "/events?since=" + since + "&until=" + until, "");
        answers.put("events", events(Heard.of(events).body()));
        return answers;
    }

    private JsonNode answer(String name, String method, String path, String body) {
        String filled =
                REFERENCE
                        .matcher(path)
                        .replaceAll(m ->
                                Matcher.quoteReplacement(ids.getOrDefault(m.group(1), m.group())));
        boolean make = method.equals("MAKE");
        Heard heard = Heard.of(ask(make ? "POST" : method, filled, body));
        var node = JSON.createObjectNode();
        node.put("status", heard.status());
        node.set("headers", heard.headers(name.startsWith("ping")));
        String text = heard.body();
        try {
            JsonNode json = JSON.readTree(text);
            if (json != null && json.isContainerNode()) {
                if (json.get("Processes") instanceof ArrayNode rows) {
                    while (rows.size() > 1) {
                        rows.remove(1); // some live a moment only
                    }
                }
                boolean figures = name.equals("stats") || name.startsWith("top");
                if (make && json.has("Id")) {
                    ask("DELETE", "/containers/" + json.get("Id").asText() + "?force=1&v=1", "");
                }
                if (json.has("Id")) {
                    ids.put(name, json.get("Id").asText());
                }
                node.set("body", figures ? Masked.figures(json) : Masked.of(json, ""));
                return node;
            }
        } catch (IOException e) {
            // no JSON, then
        }
        node.put("body", heard.isArchive() ? "ARCHIVE" : Masked.text(text, ""));
        return node;
    }

    /// What was told of each object, in order: objects of their own may overtake each other.
    private JsonNode events(String lines) {
        Map<String, ArrayNode> all = new TreeMap<>();
        boolean begun = false;
        try {
            for (String line : lines.lines().toList()) {
                JsonNode event = JSON.readTree(line);
                String what = event.path("Type").asText() + " " + event.path("Action").asText();
                if (event.path("Actor").path("Attributes").path("name").asText().matches(RANDOM)) {
                    continue; // made in vain: dockerd tells of more of these
                }
                begun |= what.equals("image tag");
                if (begun
                        && !what.endsWith(
                                "exec_die")) { // that of a stopped container comes any time
                    ObjectNode attributes = (ObjectNode) event.path("Actor").path("Attributes");
                    attributes.remove("execDuration"); // of Docker 23
                    JsonNode masked = Masked.of(attributes, "");
                    String name =
                            masked.path("name").asText(event.path("Actor").path("ID").asText());
                    all.computeIfAbsent(
                                    event.path("Type").asText() + " " + Masked.text(name, "name"),
                                    k -> JSON.createArrayNode())
                            .add(
                                    JSON.createObjectNode()
                                            .put("what", Masked.text(what, ""))
                                            .set("attributes", masked));
                }
            }
            ObjectNode found = JSON.createObjectNode();
            all.forEach(found::set);
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String ask(String method, String path, String body) {
        List<String> words = new ArrayList<>(List.of("curl", "-sS", "-g", "--max-time", "40"));
        words.addAll(method.equals("HEAD") ? List.of("-I") : List.of("-X", method, "-D", "-"));
        if (method.equals("POST") || method.equals("PUT")) {
            words.addAll(List.of("-H", "Content-Type: application/json", "--data-binary", body));
        }
        words.addAll(List.of("--unix-socket", socket.toString()));
        words.add("http://docker/v" + version + path.replace("\"", "%22"));
        return Command.run(words).ok();
    }

    /// The places in which two answers differ, and how.
    static Map<String, String> differences(String at, JsonNode docker, JsonNode ours) {
        Map<String, String> found = new TreeMap<>();
        if (docker.isObject() && ours.isObject()) {
            docker.fieldNames()
                    .forEachRemaining(n -> {
                        if (ours.has(n)) {
                            found.putAll(differences(at + "." + n, docker.get(n), ours.get(n)));
                        } else {
                            found.put(at + "." + n, docker.get(n) + " is missing");
                        }
                    });
            ours.fieldNames()
                    .forEachRemaining(n -> {
                        if (!docker.has(n)) {
                            found.put(at + "." + n, "additional " + ours.get(n));
                        }
                    });
        } else if (docker.isArray() && ours.isArray() && docker.size() == ours.size()) {
            for (int i = 0; i < docker.size(); i++) {
                found.putAll(differences(at + "." + i, docker.get(i), ours.get(i)));
            }
        } else if (!docker.equals(ours)) {
            found.put(at, docker + " but ours is " + ours);
        }
        return found;
    }
}
