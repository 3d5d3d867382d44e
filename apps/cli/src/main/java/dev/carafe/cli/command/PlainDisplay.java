package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.terminal.Output;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// `--progress=plain`: a line an event, each with the number of its step, as BuildKit's clients
/// have it. Steps that run side by side come mixed.
final class PlainDisplay implements BuildDisplay {
    private final Output out;
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private String last = "";

    private static final class Step {
        private final int number;
        private final Instant begun;
        private final StringBuilder unfinished = new StringBuilder();

        Step(int number, Instant begun) {
            this.number = number;
            this.begun = begun;
        }
    }

    PlainDisplay(Output out) {
        this.out = out;
    }

    @Override
    public void step(String id, JsonObject event) {
        Instant time = Instant.parse(event.text("Time"));
        if (event.text("Event").equals("begins")) {
            steps.put(id, new Step(steps.size() + 1, time));
            line(id, event.text("Name"));
            return;
        }
        Step step = steps.get(id);
        if (step == null) {
            return;
        }
        if (!step.unfinished.isEmpty()) {
            log(id, "\n");
        }
        if (!event.text("Error").isEmpty()) {
            line(id, "ERROR: " + event.text("Error"));
        } else if (event.bool("Cached")) {
            line(id, "CACHED");
        } else {
            line(id, "DONE " + seconds(step.begun, time, 1) + "s");
        }
    }

    @Override
    public void log(String id, String text) {
        Step step = steps.get(id);
        if (step == null) {
            return;
        }
        step.unfinished.append(text);
        for (int end = step.unfinished.indexOf("\n");
                end >= 0;
                end = step.unfinished.indexOf("\n")) {
            String line = step.unfinished.substring(0, end);
            step.unfinished.delete(0, end + 1);
            line(id, seconds(step.begun, Instant.now(), 3) + " " + line);
        }
    }

    private void line(String id, String text) {
        if (!id.equals(last) && !last.isEmpty()) {
            out.line("");
        }
        last = id;
        Step step = steps.get(id);
        out.line("#" + (step == null ? 0 : step.number) + " " + text);
        out.flush();
    }

    static String seconds(Instant from, Instant to, int digits) {
        double seconds = Math.max(0, Duration.between(from, to).toNanos()) / 1e9;
        return String.format(Locale.ROOT, "%." + digits + "f", seconds);
    }
}
