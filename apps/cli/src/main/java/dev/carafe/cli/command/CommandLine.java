package dev.carafe.cli.command;

import dev.carafe.cli.flags.FlagFailure;
import dev.carafe.cli.flags.FlagParser;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.plugin.Plugins;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Globals;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.terminal.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs one command line.
public final class CommandLine {
    static final String PROGRAM = "carafe";

    /// For flags that can't be understood, as Docker's command line.
    private static final int BAD_FLAGS = 125;

    private static final List<String> LOG_LEVELS =
            List.of("debug", "info", "warn", "warning", "error", "fatal", "panic", "trace");

    private static final int BROKEN_PIPE = 141;

    private final InputStream in;
    private final boolean inIsTerminal;
    private final Output out;
    private final Output err;

    public CommandLine(InputStream in, boolean inIsTerminal, Output out, Output err) {
        this.in = in;
        this.inIsTerminal = inIsTerminal;
        this.out = out;
        this.err = err;
    }

    /// @return the exit code
    public int run(List<String> arguments) {
        int code;
        try {
            code = dispatch(arguments);
            out.flush();
            err.flush();
        } catch (UncheckedIOException e) {
            IOException cause = e.getCause();
            return unwritten(String.valueOf(cause == null ? e.getMessage() : cause.getMessage()));
        }
        return code;
    }

    /// Standard output takes no more. Where it is closed, as by `| head`, the code is what a shell
    /// shows of a process that SIGPIPE ended.
    private int unwritten(String why) {
        if (why.contains("Broken pipe")) {
            return BROKEN_PIPE;
        }
        try {
            err.line("write standard output: " + why).flush();
        } catch (UncheckedIOException e) {
            return 1;
        }
        return 1;
    }

    private int dispatch(List<String> arguments) {
        FlagParser parser = new FlagParser(Globals.FLAGS, false);
        Parsed globals;
        try {
            globals = parser.parse(arguments);
        } catch (FlagFailure e) {
            return badFlags(e, PROGRAM + " [OPTIONS] COMMAND [ARG...]", PROGRAM);
        }
        List<String> words = globals.arguments();
        String level = globals.text("log-level");
        if (!LOG_LEVELS.contains(level)) {
            err.line("Unable to parse logging level: " + level);
            return 1;
        }
        if (globals.bool("version") && !parser.help()) {
            out.line(Versions.line());
            return 0;
        }
        if (parser.help() || words.isEmpty()) {
            // Who asked gets it as the answer, who did not as an explanation
            return rootHelp(new Globals(globals), parser.help() ? out : err);
        }
        return words.get(0).equals("help")
                ? help(new Globals(globals), words.subList(1, words.size()))
                : find(new Globals(globals), words);
    }

    private int rootHelp(Globals globals, Output to) {
        to.print(HelpPage.root(new Plugins(session(globals).config()).described()));
        return 0;
    }

    private Session session(Globals globals) {
        return new Session(globals, in, inIsTerminal, out, err);
    }

    private int find(Globals globals, List<String> words) {
        String first = words.get(0);
        if (words.size() > 2 && CacheCommand.isMeant(first, words.get(1), words.get(2))) {
            return execute(
                    globals,
                    new CacheCommand(),
                    PROGRAM + " build cache",
                    words.subList(2, words.size()));
        }
        if (!Catalog.isGroup(first)) {
            Command command = Catalog.top(first);
            return command == null
                    ? plugin(globals, words)
                    : execute(
                            globals,
                            command,
                            PROGRAM + " " + first,
                            words.subList(1, words.size()));
        }
        String second = words.size() > 1 ? words.get(1) : "";
        if (second.isEmpty()
                || second.equals("--help")
                || second.equals("-h")
                || second.equals("help")) {
            (second.isEmpty() ? err : out).print(HelpPage.group(first));
            return 0;
        }
        if (second.startsWith("-")) {
            return badFlags(
                    new FlagFailure(
                            second.startsWith("--")
                                    ? "unknown flag: " + second
                                    : "unknown shorthand flag: '"
                                            + second.charAt(1)
                                            + "' in "
                                            + second),
                    PROGRAM + " " + first + " COMMAND",
                    PROGRAM + " " + first);
        }
        Command command = Catalog.inGroup(first, second);
        return command == null
                ? unknownInGroup(globals, words)
                : execute(
                        globals,
                        command,
                        PROGRAM + " " + first + " " + second,
                        words.subList(2, words.size()));
    }

    /// What `builder` does not do itself, buildx may: docker knows both names for it.
    private int unknownInGroup(Globals globals, List<String> words) {
        if (words.get(0).equals("builder")) {
            List<String> buildx = new ArrayList<>(List.of("buildx"));
            buildx.addAll(words.subList(1, words.size()));
            if (PluginCall.find(session(globals), buildx).isPresent()) {
                return plugin(globals, buildx);
            }
        }
        return unknown(words.get(0), words.get(1));
    }

    private int plugin(Globals globals, List<String> words) {
        Session session = session(globals);
        try {
            Optional<PluginCall> call = PluginCall.find(session, words);
            return call.isPresent() ? call.get().run(session) : unknown(null, words.get(0));
        } catch (Failure e) {
            err.line(e.text());
            return 1;
        }
    }

    private int help(Globals globals, List<String> words) {
        if (words.isEmpty()) {
            return rootHelp(globals, out);
        }
        String first = words.get(0);
        boolean group = Catalog.isGroup(first);
        if (group && words.size() == 1) {
            out.print(HelpPage.group(first));
            return 0;
        }
        Command command = group ? Catalog.inGroup(first, words.get(1)) : Catalog.top(first);
        if (command == null && !group) {
            return PluginCall.find(session(globals), List.of(first)).isPresent()
                    ? plugin(globals, List.of(first, "--help"))
                    : unknownTopic(String.join(" ", words));
        }
        if (command == null) {
            return unknown(group ? first : null, words.get(group ? 1 : 0));
        }
        out.print(
                HelpPage.command(
                        command, PROGRAM + " " + (group ? first + " " + words.get(1) : first)));
        return 0;
    }

    private int execute(Globals globals, Command command, String path, List<String> arguments) {
        FlagParser parser = new FlagParser(command.flags(), command.interspersed());
        Parsed flags;
        try {
            flags =
                    command.takesFlagsAsWords()
                            ? asWords(parser, arguments)
                            : parser.parse(arguments);
        } catch (FlagFailure e) {
            return badFlags(e, path + " " + command.usage(), path);
        }
        if (parser.help()) {
            out.print(HelpPage.command(command, path));
            return 0;
        }
        String wrong = wrongCount(command, path, flags.arguments().size());
        if (!wrong.isEmpty()) {
            err.line(PROGRAM + ": " + wrong)
                    .line("")
                    .line("Usage:  " + path + " " + command.usage())
                    .line("");
            // Docker's choice of words, which differ for no reason
            String look = command.most() == Command.ANY ? "See" : "Run";
            err.line(look + " '" + path + " --help' for more information");
            return 1;
        }
        Session session = session(globals);
        Command.warn(session, flags.warnings());
        return run(session, command, path, flags);
    }

    private static Parsed asWords(FlagParser parser, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of("--"));
        words.addAll(arguments);
        return parser.parse(words);
    }

    private int run(Session session, Command command, String path, Parsed flags) {
        try {
            return command.run(session, flags);
        } catch (Failure e) {
            return failed(command, path, e);
        } catch (IOException e) {
            return failed(command, path, new Failure("error during connect: " + e.getMessage()));
        }
    }

    private int failed(Command command, String path, Failure failure) {
        out.flush();
        int code =
                failure.exitCode() == Failure.OF_THE_COMMAND
                        ? command.failureCode()
                        : failure.exitCode();
        if (!failure.text().isEmpty()) {
            boolean named = command.namesProgram() && code != 1;
            err.line((named ? PROGRAM + ": " : "") + failure.text());
            if (named) {
                err.line("").line("Run '" + path + " --help' for more information");
            }
        }
        return code;
    }

    private static String wrongCount(Command command, String path, int count) {
        int least = command.least();
        int most = command.most();
        if (count >= least && count <= most) {
            return "";
        }
        String quoted = "'" + path + "' ";
        if (most == 0) {
            return quoted + "accepts no arguments";
        }
        if (least == most) {
            return quoted + "requires " + plural(least);
        }
        if (most == Command.ANY) {
            return quoted + "requires at least " + plural(least);
        }
        return least == 0
                ? quoted + "requires at most " + plural(most)
                : quoted + "requires at least " + least + " and at most " + plural(most);
    }

    private static String plural(int count) {
        return count + (count == 1 ? " argument" : " arguments");
    }

    private int badFlags(FlagFailure failure, String usage, String path) {
        err.line(String.valueOf(failure.getMessage())).line("").line("Usage:  " + usage).line("");
        err.line("Run '" + path + " --help' for more information");
        return BAD_FLAGS;
    }

    private int unknownTopic(String topic) {
        err.line("unknown help topic: " + topic);
        return 1;
    }

    private int unknown(@Nullable String group, String name) {
        String path = group == null ? PROGRAM : PROGRAM + " " + group;
        err.line(PROGRAM + ": unknown command: " + path + " " + name).line("");
        String instead = group == null ? Absent.instead(name) : "";
        if (!instead.isEmpty()) {
            err.line(instead).line("");
        }
        String near = instead.isEmpty() ? Nearest.name(group, name) : "";
        if (!near.isEmpty()) {
            err.line("Did you mean '" + path + " " + near + "'?").line("");
        }
        err.line("Run '" + path + " --help' for more information");
        return 1;
    }
}
