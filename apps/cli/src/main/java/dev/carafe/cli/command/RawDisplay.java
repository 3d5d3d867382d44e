package dev.carafe.cli.command;

import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.terminal.Output;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `--progress=rawjson`: an object a line in the shape of BuildKit's solve status.
final class RawDisplay implements BuildDisplay {
    private final Output out;
    private final Map<String, String> begun = new HashMap<>();

    RawDisplay(Output out) {
        this.out = out;
    }

    @Override
    public void step(String id, JsonObject event) {
        boolean begins = event.text("Event").equals("begins");
        if (begins) {
            begun.put(id, event.text("Time"));
        }
        JsonObject vertex =
                new JsonObject()
                        .with("digest", digest(id))
                        .with("name", event.text("Name"))
                        .with("started", begun.getOrDefault(id, event.text("Time")));
        if (!begins) {
            vertex.put("completed", event.text("Time"));
            if (event.bool("Cached")) {
                vertex.put("cached", true);
            }
            if (!event.text("Error").isEmpty()) {
                vertex.put("error", event.text("Error"));
            }
        }
        print(new JsonObject().with("vertexes", List.of(vertex)));
    }

    @Override
    public void log(String id, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        JsonObject log =
                new JsonObject()
                        .with("vertex", digest(id))
                        .with("stream", 1)
                        .with("data", Base64.getEncoder().encodeToString(bytes))
                        .with("timestamp", Instant.now().toString());
        print(new JsonObject().with("logs", List.of(log)));
    }

    /// Steps have no digests here; what stands for one is of the same form.
    private static String digest(String id) {
        StringBuilder hex = new StringBuilder("sha256:");
        for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
            hex.append(Integer.toHexString(0x100 | b & 0xff), 1, 3);
        }
        while (hex.length() < "sha256:".length() + 64) {
            hex.append('0');
        }
        return hex.toString();
    }

    private void print(JsonObject object) {
        out.line(Json.write(object));
        out.flush();
    }
}
