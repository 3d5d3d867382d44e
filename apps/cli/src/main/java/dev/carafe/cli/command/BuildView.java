package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Stream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads the stream of a build, hands it to a display, and keeps what is wanted afterwards.
final class BuildView {
    private final BuildDisplay display;
    private final List<JsonObject> checks = new ArrayList<>();
    private final List<JsonObject> results = new ArrayList<>();
    private final List<JsonObject> targets = new ArrayList<>();
    private final FailureLog failures = new FailureLog();
    private JsonObject outline = new JsonObject();
    private String id = "";

    BuildView(BuildDisplay display) {
        this.display = display;
    }

    /// The image's id, `sha256:...`, once all was shown; empty when none was told.
    String id() {
        return id;
    }

    /// What was made, one for each platform: `Platform`, `ID`.
    List<JsonObject> results() {
        return results;
    }

    /// What the target can be given: `Name`, `Description`, `Arguments`, `Secrets`, `Agents`.
    JsonObject outline() {
        return outline;
    }

    /// The Dockerfile's stages: `Name`, `Base`, `Description`.
    List<JsonObject> targets() {
        return targets;
    }

    /// What is to be shown when it fails.
    FailureLog failures() {
        return failures;
    }

    /// What the build checks found.
    List<JsonObject> checks() {
        return checks;
    }

    /// Shows all messages.
    ///
    /// @throws Failure when one of them is an error, with a failed command's own code
    void show(Stream stream) throws IOException {
        try {
            for (JsonObject message = stream.next(); message != null; message = stream.next()) {
                one(message);
            }
        } finally {
            display.end();
        }
    }

    private void one(JsonObject message) {
        String error = message.text("error");
        if (!error.isEmpty()) {
            long code = message.object("errorDetail").number("code");
            throw new Failure(code == 0 ? Failure.OF_THE_COMMAND : (int) code, error);
        }
        JsonObject aux = message.object("aux");
        if (!aux.text("ID").isEmpty()) {
            id = aux.text("ID");
        }
        if (!aux.object("Check").isEmpty()) {
            checks.add(aux.object("Check"));
        }
        if (!aux.object("Result").isEmpty()) {
            results.add(aux.object("Result"));
        }
        if (!aux.object("Place").isEmpty()) {
            failures.place(aux.object("Place"));
        }
        targets.addAll(aux.objects("Targets"));
        if (!aux.object("Outline").isEmpty()) {
            outline = aux.object("Outline");
        }
        String step = message.text("id");
        String text = message.text("stream");
        if (!aux.object("Step").isEmpty()) {
            failures.step(step, aux.object("Step"));
            display.step(step, aux.object("Step"));
        } else if (!step.isEmpty()) {
            failures.log(step, text);
            display.log(step, text);
        } else if (text.startsWith("sha256:")) {
            id = text.strip();
        } else if (!text.isEmpty()) {
            display.text(text);
        }
    }
}
