package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Stream;
import dev.carafe.cli.terminal.Output;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Shows a build: on a terminal the steps, what they say, and how long they took; elsewhere the
/// stream as it is.
final class BuildView {
    private static final Pattern STEP = Pattern.compile("Step (\\d+)/(\\d+) : (.*)\\R?");
    private static final Pattern STATE = Pattern.compile(" ---> [0-9a-f]{0,12}\\R?");
    private static final Pattern BETWEEN =
            Pattern.compile(" ---> (Running in|Removed intermediate container) .*\\R?");
    private static final double SECOND = 1e9;

    private final Output out;
    private final boolean quiet;
    private String id = "";
    private boolean cached;
    private long begun;

    /// @param quiet only the image's id
    BuildView(Output out, boolean quiet) {
        this.out = out;
        this.quiet = quiet;
    }

    /// The image's id, `sha256:...`, once all was shown; empty when none was told.
    String id() {
        return id;
    }

    /// Shows all messages.
    ///
    /// @throws Failure when one of them is an error, with a failed command's own code
    void show(Stream stream) throws IOException {
        for (JsonObject message = stream.next(); message != null; message = stream.next()) {
            JsonObject detail = message.object("errorDetail");
            String error = message.text("error");
            if (!error.isEmpty()) {
                long code = detail.number("code");
                throw new Failure(code == 0 ? Failure.OF_THE_COMMAND : (int) code, error);
            }
            String image = message.object("aux").text("ID");
            if (!image.isEmpty()) {
                id = image;
            }
            text(message.text("stream"));
            out.flush();
        }
        if (quiet) {
            out.line(id);
        }
    }

    private void text(String text) {
        if (quiet || text.isEmpty()) {
            return;
        }
        Matcher step = STEP.matcher(text);
        if (!out.isTerminal()) {
            out.print(text);
        } else if (step.matches()) {
            cached = false;
            begun = System.nanoTime();
            out.line(
                    "\033[1m[" + step.group(1) + "/" + step.group(2) + "]\033[0m " + step.group(3));
        } else if (text.startsWith(" ---> Using cache")) {
            cached = true;
        } else if (STATE.matcher(text).matches()) {
            out.line("\033[2m" + (cached ? "      cached" : took()) + "\033[0m");
        } else if (!BETWEEN.matcher(text).matches()) {
            out.print(text);
        }
    }

    private String took() {
        double seconds = (System.nanoTime() - begun) / SECOND;
        return String.format(Locale.ROOT, "      %.1fs", seconds);
    }
}
