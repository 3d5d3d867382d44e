package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.terminal.Output;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `--progress=tty`: all steps with their times, drawn anew as they get on; under those that run,
/// the last lines that they said. For terminals only.
final class LiveDisplay implements BuildDisplay {
    private static final long FRAME_MILLIS = 100;
    private static final int STEPS_SHOWN = 24;
    private static final int LOG_SHOWN = 4;
    private static final int LOG_KEPT = 20;
    private static final String NO_WRAP = "\033[?7l";
    private static final String WRAP = "\033[?7h";
    private static final String CLEAR = "\033[K\n";
    private static final String BLUE = "\033[34m";
    private static final String RED = "\033[31m";
    private static final String DIM = "\033[2m";
    private static final String PLAIN = "\033[0m";

    private final Output out;
    private final Instant begun = Instant.now();
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final Thread painter;
    private int drawn;
    private boolean over;

    private static final class Step {
        private final String name;
        private final Instant begun;
        private final Deque<String> log = new ArrayDeque<>();
        private final StringBuilder unfinished = new StringBuilder();
        private @Nullable Instant ended;
        private boolean cached;
        private String error = "";

        Step(String name, Instant begun) {
            this.name = name;
            this.begun = begun;
        }
    }

    LiveDisplay(Output out) {
        this.out = out;
        this.painter = Thread.ofVirtual().start(this::paint);
    }

    private void paint() {
        try {
            while (frame()) {
                Thread.sleep(FRAME_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean frame() {
        if (!over) {
            draw();
        }
        return !over;
    }

    @Override
    public synchronized void step(String id, JsonObject event) {
        Instant time = Instant.parse(event.text("Time"));
        if (event.text("Event").equals("begins")) {
            steps.put(id, new Step(event.text("Name"), time));
            return;
        }
        Step step = steps.get(id);
        if (step != null) {
            step.ended = time;
            step.cached = event.bool("Cached");
            step.error = event.text("Error");
        }
    }

    @Override
    public synchronized void log(String id, String text) {
        Step step = steps.get(id);
        if (step == null) {
            return;
        }
        step.unfinished.append(text);
        for (int end = step.unfinished.indexOf("\n");
                end >= 0;
                end = step.unfinished.indexOf("\n")) {
            step.log.add(printable(step.unfinished.substring(0, end)));
            step.unfinished.delete(0, end + 1);
            if (step.log.size() > LOG_KEPT) {
                step.log.remove();
            }
        }
    }

    /// What would move the cursor is left out.
    private static String printable(String line) {
        return line.replaceAll("\\x1b\\[[0-9;?]*[A-Za-z]", "").replaceAll("\\p{Cntrl}", " ");
    }

    @Override
    public void end() {
        painter.interrupt();
        synchronized (this) {
            over = true;
            draw();
            steps.values().stream()
                    .filter(step -> !step.error.isEmpty() && !step.log.isEmpty())
                    .forEach(this::tell);
            out.flush();
        }
    }

    private void tell(Step failed) {
        out.line("------").line(" > " + failed.name + ":");
        failed.log.forEach(out::line);
        out.line("------");
    }

    private void draw() {
        List<String> lines = new ArrayList<>();
        long done = steps.values().stream().filter(step -> step.ended != null).count();
        lines.add(
                "[+] Building "
                        + PlainDisplay.seconds(begun, Instant.now(), 1)
                        + "s ("
                        + done
                        + "/"
                        + steps.size()
                        + ")"
                        + (over ? " FINISHED" : ""));
        List<Step> shown = new ArrayList<>(steps.values());
        int skipped = over ? 0 : Math.max(0, shown.size() - STEPS_SHOWN);
        shown.subList(skipped, shown.size()).forEach(step -> add(step, lines));
        StringBuilder frame = new StringBuilder(NO_WRAP);
        if (drawn > 0) {
            frame.append("\033[").append(drawn).append('A');
        }
        lines.forEach(line -> frame.append(line).append(CLEAR));
        for (int i = lines.size(); i < drawn; i++) {
            frame.append(CLEAR);
        }
        drawn = Math.max(drawn, lines.size());
        out.print(frame.append(WRAP).toString());
        out.flush();
    }

    private void add(Step step, List<String> lines) {
        Instant to = step.ended == null ? Instant.now() : step.ended;
        String time = "  " + PlainDisplay.seconds(step.begun, to, 1) + "s";
        if (!step.error.isEmpty()) {
            lines.add(RED + " => ERROR " + step.name + PLAIN + time);
        } else if (step.ended != null) {
            lines.add(BLUE + " => " + (step.cached ? "CACHED " : "") + step.name + PLAIN + time);
        } else {
            lines.add(" => " + step.name + time);
            step.log.stream()
                    .skip(Math.max(0, step.log.size() - LOG_SHOWN))
                    .forEach(line -> lines.add(DIM + " => => # " + line + PLAIN));
        }
    }
}
