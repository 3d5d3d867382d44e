package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Stream;
import dev.carafe.cli.terminal.Output;
import dev.carafe.cli.text.Human;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Shows a stream of progress messages: lines that renew themselves on a terminal, plain lines
/// elsewhere, without the bars.
final class ProgressView {
    private static final int BAR_WIDTH = 50;

    private final Output out;
    private final boolean quiet;
    private final List<String> ids = new ArrayList<>();

    /// @param quiet only messages that are no progress of a part
    ProgressView(Output out, boolean quiet) {
        this.out = out;
        this.quiet = quiet;
    }

    /// Shows all messages.
    ///
    /// @throws Failure when one of them is an error
    void show(Stream stream) throws IOException {
        for (JsonObject message = stream.next(); message != null; message = stream.next()) {
            String error =
                    message.containsKey("errorDetail")
                            ? message.object("errorDetail").text("message")
                            : message.text("error");
            if (!error.isEmpty()) {
                throw new Failure(error);
            }
            message(message);
            out.flush();
        }
    }

    private void message(JsonObject message) {
        String text = message.text("stream");
        if (!text.isEmpty()) {
            out.print(text);
            return;
        }
        String id = message.text("id");
        String status = message.text("status");
        if (status.isEmpty()) {
            return;
        }
        String line = (id.isEmpty() ? "" : id + ": ") + status;
        boolean moving = !message.object("progressDetail").isEmpty();
        if (!out.isTerminal()) {
            if (!moving && !(quiet && !id.isEmpty())) {
                out.line(line);
            }
        } else if (id.isEmpty()) {
            out.line(line);
        } else if (!quiet) {
            renew(id, line + bar(message.object("progressDetail")));
        }
    }

    private void renew(String id, String line) {
        int at = ids.indexOf(id);
        if (at < 0) {
            ids.add(id);
            out.line(line);
            return;
        }
        int up = ids.size() - at;
        out.print("\033[" + up + "A\r\033[K" + line + "\033[" + up + "B\r");
    }

    private static String bar(JsonObject detail) {
        long current = detail.number("current");
        long total = detail.number("total");
        if (current <= 0 && total <= 0) {
            return "";
        }
        if (total <= 0 || current > total) {
            return "  " + Human.size4(current);
        }
        int done = (int) (current * BAR_WIDTH / total);
        return "  ["
                + "=".repeat(done)
                + (done < BAR_WIDTH ? ">" + " ".repeat(BAR_WIDTH - done - 1) : "")
                + "]  "
                + Human.size4(current)
                + "/"
                + Human.size4(total);
    }
}
