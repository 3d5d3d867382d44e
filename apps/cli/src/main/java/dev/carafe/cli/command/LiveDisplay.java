package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.terminal.Output;
import dev.carafe.cli.terminal.RawMode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `--progress=tty`: all steps with their times, drawn anew as they get on; under those that run,
/// the last lines that they said. For terminals only.
final class LiveDisplay implements BuildDisplay {
    private static final long FRAME_MILLIS = 100;
    private static final int FRAMES_TO_A_LOOK = 20;
    private static final int USUAL_ROWS = 24;
    private static final int USUAL_COLUMNS = 80;
    private static final int LOG_SHOWN = 4;
    private static final int LOG_KEPT = 20;
    private static final String NO_WRAP = "\033[?7l";
    private static final String WRAP = "\033[?7h";
    private static final String CLEAR = "\033[K\n";
    private static final String CLEAR_BELOW = "\033[J";

    private final Output out;
    private final Instant begun = Instant.now();
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final Thread painter;
    private final boolean colors;
    private int[] size = size();
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
        String none = System.getenv("NO_COLOR");
        this.colors = none == null || none.isEmpty();
        this.painter = Thread.ofVirtual().start(this::paint);
    }

    private void paint() {
        try {
            for (int n = 1; frame(); n++) {
                Thread.sleep(FRAME_MILLIS);
                if (n % FRAMES_TO_A_LOOK == 0) {
                    resize(size());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Rows and columns.
    private static int[] size() {
        int[] asked = RawMode.size();
        return new int[] {
            asked[0] > 0 ? asked[0] : USUAL_ROWS, asked[1] > 0 ? asked[1] : USUAL_COLUMNS
        };
    }

    private synchronized void resize(int[] now) {
        size = now;
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
            out.flush();
        }
    }

    private void draw() {
        List<BuildFrame.Step> shown = steps.values().stream().map(LiveDisplay::shown).toList();
        long done = steps.values().stream().filter(step -> step.ended != null).count();
        String title =
                "[+] Building "
                        + PlainDisplay.seconds(begun, Instant.now(), 1)
                        + "s ("
                        + done
                        + "/"
                        + steps.size()
                        + ")"
                        + (over ? " FINISHED" : "");
        // the last column stays free: to clear a line's rest from there takes its last character
        int rows = over ? Integer.MAX_VALUE : Math.max(2, size[0] - 1);
        List<String> lines = new BuildFrame(size[1] - 1, rows, colors).lines(title, shown);
        StringBuilder frame = new StringBuilder(NO_WRAP);
        if (drawn > 0) {
            frame.append("\033[").append(drawn).append('A');
        }
        lines.forEach(line -> frame.append(line).append(CLEAR));
        frame.append(CLEAR_BELOW);
        drawn = lines.size();
        out.print(frame.append(WRAP).toString());
        out.flush();
    }

    private static BuildFrame.Step shown(Step step) {
        Instant to = step.ended == null ? Instant.now() : step.ended;
        BuildFrame.Mood mood =
                !step.error.isEmpty()
                        ? BuildFrame.Mood.FAILED
                        : step.ended == null
                                ? BuildFrame.Mood.RUNNING
                                : step.cached ? BuildFrame.Mood.CACHED : BuildFrame.Mood.DONE;
        return new BuildFrame.Step(
                step.name,
                mood,
                PlainDisplay.seconds(step.begun, to, 1) + "s",
                step.log.stream().skip(Math.max(0, step.log.size() - LOG_SHOWN)).toList());
    }
}
