package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.plugin.Description;
import dev.carafe.cli.session.Globals;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Help from the tables.
final class HelpPage {
    private static final int WIDTH = 80;

    private HelpPage() {}

    /// @param plugins programs that add commands
    static String root(List<Description> plugins) {
        StringBuilder s = new StringBuilder();
        s.append("Usage:  carafe [OPTIONS] COMMAND\n\n");
        s.append("Build, run and look after containers\n\n");
        s.append("Common Commands:\n");
        list(s, Catalog.COMMON, null);
        s.append("\nManagement Commands:\n");
        for (String group : Catalog.GROUPS) {
            s.append("  ")
                    .append(padded(group, 12))
                    .append(Catalog.groupSummary(group))
                    .append('\n');
        }
        s.append("  ").append(padded("daemon", 12)).append("Run the engine in the foreground\n");
        s.append("  ").append(padded("registry", 12)).append("Serve a registry of one's own\n");
        s.append("  ").append(padded("oci", 12)).append("Run OCI bundles without an engine\n");
        for (Description plugin : plugins) {
            s.append("  ")
                    .append(padded(plugin.name() + "*", 12))
                    .append(plugin.summary())
                    .append('\n');
        }
        s.append("\nCommands:\n");
        list(s, Catalog.OTHERS, null);
        s.append("\nGlobal Options:\n");
        flags(s, Globals.FLAGS);
        s.append("\nEnvironment:\n");
        s.append("  CARAFE_HOST, DOCKER_HOST        Address of the daemon\n");
        s.append("  CARAFE_CONTEXT, DOCKER_CONTEXT  Name of the context\n");
        s.append("  CARAFE_NO_AUTOSTART             Set to 1: never start a daemon\n");
        s.append("  NO_COLOR                        Set to anything: no colours\n");
        s.append("\nRun 'carafe COMMAND --help' for more information on a command.\n");
        return s.toString();
    }

    static String group(String group) {
        StringBuilder s = new StringBuilder();
        s.append("Usage:  carafe ").append(group).append(" COMMAND\n\n");
        s.append(Catalog.groupSummary(group)).append("\n\nCommands:\n");
        list(s, Catalog.names(group), group);
        s.append("\nRun 'carafe ")
                .append(group)
                .append(" COMMAND --help' for more information on a command.\n");
        return s.toString();
    }

    private static void list(StringBuilder s, String[] names, @Nullable String group) {
        for (String name : names) {
            Command command = group == null ? Catalog.top(name) : Catalog.inGroup(group, name);
            if (command != null) {
                s.append("  ").append(padded(name, 12)).append(command.summary()).append('\n');
            }
        }
    }

    static String command(Command command, String path) {
        StringBuilder s = new StringBuilder();
        s.append("Usage:  ")
                .append(path)
                .append(command.usage().isEmpty() ? "" : " ")
                .append(command.usage())
                .append("\n\n");
        s.append(command.summary()).append('\n');
        if (!command.details().isEmpty()) {
            s.append('\n');
            for (String line : wrap(command.details(), WIDTH)) {
                s.append(line).append('\n');
            }
        }
        if (!command.aliases().isEmpty()) {
            s.append("\nAliases:\n  ").append(command.aliases()).append('\n');
        }
        if (command.flags().length > 0) {
            s.append("\nOptions:\n");
            flags(s, command.flags());
        }
        String[] examples = command.examples();
        for (int i = 0; i + 1 < examples.length; i += 2) {
            s.append(i == 0 ? "\nExamples:\n" : "\n");
            s.append("  # ")
                    .append(examples[i + 1])
                    .append("\n  carafe ")
                    .append(examples[i])
                    .append('\n');
        }
        s.append(
                "\nRun 'carafe --help' for the other commands and the options before a command.\n");
        return s.toString();
    }

    private static void flags(StringBuilder s, Flag[] flags) {
        int width = 0;
        for (Flag flag : flags) {
            width = flag.hidden() ? width : Math.max(width, left(flag).length());
        }
        for (Flag flag : flags) {
            if (flag.hidden()) {
                continue;
            }
            String text =
                    flag.help()
                            + (flag.fallback().isEmpty() ? "" : " (default " + shown(flag) + ")");
            List<String> lines = wrap(text, Math.max(30, WIDTH - width - 3));
            s.append(padded(left(flag), width + 3)).append(lines.get(0)).append('\n');
            for (int i = 1; i < lines.size(); i++) {
                s.append(" ".repeat(width + 3)).append(lines.get(i)).append('\n');
            }
        }
    }

    private static String shown(Flag flag) {
        return flag.type().shown().equals("string")
                ? "\"" + flag.fallback() + "\""
                : flag.fallback();
    }

    private static String left(Flag flag) {
        String type = flag.type().shown();
        return (flag.letter() == 0 ? "      --" : "  -" + flag.letter() + ", --")
                + flag.name()
                + (type.isEmpty() ? "" : " " + type);
    }

    private static String padded(String text, int width) {
        return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
    }

    /// Lines of at most `width` characters, broken at spaces; the text's own line ends stay.
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\n", -1)) {
            StringBuilder line = new StringBuilder();
            for (String word : paragraph.split(" ", -1)) {
                if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
