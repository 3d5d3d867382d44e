package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.terminal.Output;
import java.util.List;

/// Lines of a Dockerfile with those around them, as BuildKit's clients show them.
final class Excerpt {
    private static final String RULER = "--------------------";
    private static final int AROUND = 2;

    private Excerpt() {}

    /// @param name of the Dockerfile
    /// @param source its lines; none where it is not here: then its name and the line are shown
    /// @param place `FirstLine`, `LastLine`
    static void show(Output out, String name, List<String> source, JsonObject place) {
        int first = (int) place.number("FirstLine");
        int last = (int) place.number("LastLine");
        if (first < 1) {
            return;
        }
        out.line(name + ":" + first);
        if (source.isEmpty()) {
            return;
        }
        out.line(RULER);
        int end = Math.min(source.size(), last + AROUND);
        for (int n = Math.max(1, first - AROUND); n <= end; n++) {
            String mark = n >= first && n <= last ? ">>>" : "   ";
            out.line(String.format("%4d | %s %s", n, mark, source.get(n - 1)).stripTrailing());
        }
        out.line(RULER);
    }
}
