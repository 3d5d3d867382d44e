package dev.carafe.daemon.options;

import java.util.ArrayList;
import java.util.List;

/// The text of `carafe daemon --help`.
public final class Help {
    private static final int COLUMN = 34;
    private static final int WIDTH = 110;

    private Help() {}

    public static String text() {
        OptionTable table = new OptionTable();
        StringBuilder out =
                new StringBuilder(
                        """
                        Usage:  carafe daemon [OPTIONS]

                        The container engine: serves Docker's API on a socket until it is told to end (SIGTERM, SIGINT).
                        Containers go on running then, and the next daemon on the same data-root takes them up.
                        SIGHUP reads the configuration file again (debug, log-level, labels, registries, runtimes).
                        Options can also stand in the configuration file, with dockerd's keys, but not in both.
                        """);
        for (Option.Group group : Option.Group.values()) {
            List<Option> options =
                    table.options().stream()
                            .filter(o -> o.group() == group && !o.name().isEmpty())
                            .toList();
            if (!options.isEmpty()) {
                out.append('\n').append(group.title()).append(":\n");
                options.forEach(o -> append(out, o));
            }
        }
        return out.toString();
    }

    private static void append(StringBuilder out, Option o) {
        String letter = o.letter() == '\0' ? "    " : "-" + o.letter() + ", ";
        String left =
                "  " + letter + "--" + o.name() + (o.value().isEmpty() ? "" : " " + o.value());
        List<String> lines = wrap(o.help(), WIDTH - COLUMN);
        out.append(left)
                .append(" ".repeat(Math.max(2, COLUMN - left.length())))
                .append(lines.getFirst())
                .append('\n');
        lines.stream()
                .skip(1)
                .forEach(line -> out.append(" ".repeat(COLUMN)).append(line).append('\n'));
    }

    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
