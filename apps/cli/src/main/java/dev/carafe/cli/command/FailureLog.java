package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.terminal.Output;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/// Keeps the last that steps said, for the end of a build that fails.
final class FailureLog {
    private static final int KEPT = 20;

    private final Map<String, Step> steps = new LinkedHashMap<>();
    private JsonObject place = new JsonObject();
    private String failed = "";

    private static final class Step {
        private final String name;
        private final Instant begun;
        private final Deque<String> lines = new ArrayDeque<>();
        private String unfinished = "";

        Step(String name, Instant begun) {
            this.name = name;
            this.begun = begun;
        }

        void add(String text) {
            String all = unfinished + text;
            int end = all.lastIndexOf('\n');
            unfinished = all.substring(end + 1);
            all.substring(0, Math.max(0, end)).lines().forEach(this::line);
        }

        private void line(String line) {
            lines.add(PlainDisplay.seconds(begun, Instant.now(), 3) + " " + line);
            if (lines.size() > KEPT) {
                lines.remove();
            }
        }
    }

    /// @param event `Event`, `Name`, `Time`; at the end `Error`, `FirstLine`, `LastLine`
    void step(String id, JsonObject event) {
        if (event.text("Event").equals("begins")) {
            steps.put(id, new Step(event.text("Name"), Instant.parse(event.text("Time"))));
        } else if (!event.text("Error").isEmpty() && failed.isEmpty()) {
            failed = id;
            place = event;
        } else {
            steps.remove(id);
        }
    }

    void log(String id, String text) {
        Step step = steps.get(id);
        if (step != null) {
            step.add(text);
        }
    }

    /// Where the failure is that is no step's.
    void place(JsonObject lines) {
        place = lines;
    }

    /// `FirstLine`, `LastLine` of what failed; without them where that is not known.
    JsonObject place() {
        return place;
    }

    /// The step that failed, and the last that it said.
    void show(Output out) {
        Step step = steps.get(failed);
        if (step == null || step.lines.isEmpty() && step.unfinished.isEmpty()) {
            return;
        }
        if (!step.unfinished.isEmpty()) {
            step.add("\n");
        }
        out.line("------").line(" > " + step.name + ":");
        step.lines.forEach(out::line);
        out.line("------");
    }
}
