package dev.carafe.cli.request;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/// `--volume [source:]target[:options]`: binds and named volumes, or anonymous volumes.
final class Volumes {
    private final List<String> binds = new ArrayList<>();
    private final JsonObject anonymous = new JsonObject();

    List<String> binds() {
        return binds;
    }

    /// Targets as keys.
    JsonObject anonymous() {
        return anonymous;
    }

    void add(String text) {
        if (text.isEmpty()) {
            throw new Failure(125, "invalid empty volume spec");
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            anonymous.put(text, new JsonObject());
            return;
        }
        String[] parts = text.split(":", -1);
        if (parts.length > 3) {
            throw new Failure(125, "invalid spec: " + text + ": too many colons");
        }
        for (String part : parts) {
            if (part.isEmpty()) {
                throw new Failure(125, "invalid spec: " + text + ": empty section between colons");
            }
        }
        String source = parts[0];
        boolean relative =
                source.equals(".")
                        || source.equals("..")
                        || source.startsWith("./")
                        || source.startsWith("../");
        binds.add(relative ? absolute(source) + text.substring(colon) : text);
    }

    /// The path from the working directory, without `.` and `..`.
    static String absolute(String path) {
        return new File(path).toPath().toAbsolutePath().normalize().toString();
    }
}
