package dev.carafe.build.dockerfile;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.words.Lexer;
import dev.carafe.build.words.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One logical line to one instruction.
final class InstructionReader {
    private static final Pattern STAGE_NAME = Pattern.compile("[a-z][a-z0-9-_.]*");
    private static final Pattern ONBUILD = Pattern.compile("(?i)^\\s*ONBUILD\\s*");
    private final char escape;
    private final boolean checksTriggers;

    InstructionReader(char escape) {
        this(escape, true);
    }

    /// @param checksTriggers whether a trigger must be an instruction that a build could run
    InstructionReader(char escape, boolean checksTriggers) {
        this.escape = escape;
        this.checksTriggers = checksTriggers;
    }

    /// @throws InvalidArgument with docker's sentence
    Instruction read(LogicalLine line) {
        String[] parts = line.text().split("[\\t\\x0B\\f\\r ]+", 2);
        String name = parts[0].toUpperCase(Locale.ROOT);
        if (!Instruction.NAMES.contains(name)) {
            throw new InvalidArgument(
                    "unknown instruction: "
                            + parts[0]
                            + Nearest.hintIgnoringCase(parts[0], Instruction.NAMES));
        }
        FlagWords words = FlagWords.split(parts.length < 2 ? "" : parts[1], escape);
        Arguments arguments = new Arguments(name, line, words.flags(), words.rest(), escape);
        return switch (name) {
            case "ADD" -> CopyReader.add(arguments);
            case "ARG" -> arg(arguments);
            case "CMD" -> {
                arguments.noFlags();
                yield new Instruction.Cmd(line.source(), arguments.commandLine());
            }
            case "COPY" -> CopyReader.copy(arguments);
            case "ENTRYPOINT" -> {
                arguments.noFlags();
                yield new Instruction.Entrypoint(line.source(), arguments.commandLine());
            }
            case "ENV" -> {
                arguments.noFlags();
                yield new Instruction.Env(line.source(), pairs(arguments));
            }
            case "EXPOSE" -> {
                arguments.noFlags();
                List<String> ports = Words.plain(arguments.atLeastOne());
                yield new Instruction.Expose(line.source(), ports.stream().sorted().toList());
            }
            case "FROM" -> from(arguments);
            case "HEALTHCHECK" -> HealthReader.read(arguments);
            case "LABEL" -> {
                arguments.noFlags();
                yield new Instruction.Label(line.source(), pairs(arguments), false);
            }
            case "MAINTAINER" -> new Instruction.Maintainer(line.source(), arguments.exactlyOne());
            case "ONBUILD" -> onBuild(arguments);
            case "RUN" -> run(arguments);
            case "SHELL" -> shell(arguments);
            case "STOPSIGNAL" -> new Instruction.StopSignal(line.source(), arguments.exactlyOne());
            case "USER" -> new Instruction.User(line.source(), arguments.exactlyOne());
            case "VOLUME" -> volume(arguments);
            default -> new Instruction.Workdir(line.source(), arguments.exactlyOne());
        };
    }

    private static Instruction from(Arguments arguments) {
        Flags flags = arguments.flags(Map.of("platform", Flags.Kind.ONE));
        List<String> words = Words.plain(arguments.rest());
        String name = null;
        if (words.size() == 3 && words.get(1).equalsIgnoreCase("as")) {
            name = words.get(2).toLowerCase(Locale.ROOT);
            if (!STAGE_NAME.matcher(name).matches()) {
                throw new InvalidArgument(
                        "invalid name for build stage: "
                                + Lexer.quoted(words.get(2))
                                + ", name can't start with a number or contain symbols");
            }
        } else if (words.size() != 1) {
            throw new InvalidArgument("FROM requires either one or three arguments");
        }
        return new Instruction.From(
                arguments.source(), words.getFirst(), name, flags.one("platform"));
    }

    private Instruction arg(Arguments arguments) {
        arguments.noFlags();
        List<Instruction.Arg.Definition> definitions = new ArrayList<>();
        for (String word : Words.quoted(arguments.atLeastOne(), escape)) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (name.isEmpty()) {
                throw new InvalidArgument("ARG names can not be blank");
            }
            String value = equals < 0 ? null : word.substring(equals + 1);
            definitions.add(
                    new Instruction.Arg.Definition(name, value, arguments.description(name)));
        }
        return new Instruction.Arg(arguments.source(), definitions);
    }

    private static Instruction run(Arguments arguments) {
        Flags flags =
                arguments.flags(
                        Map.of(
                                "mount",
                                Flags.Kind.MANY,
                                "network",
                                Flags.Kind.ONE,
                                "security",
                                Flags.Kind.ONE,
                                "device",
                                Flags.Kind.MANY));
        for (String mount : flags.many("mount")) {
            RunMount.check(mount);
        }
        String network = oneOf(flags.one("network"), "network", "default", "none", "host");
        String security = oneOf(flags.one("security"), "security", "sandbox", "insecure");
        return new Instruction.Run(
                arguments.source(),
                arguments.commandLine(),
                flags.many("mount"),
                network,
                security,
                flags.many("device"));
    }

    private static @Nullable String oneOf(@Nullable String value, String kind, String... allowed) {
        if (value != null && !value.contains("$") && !List.of(allowed).contains(value)) {
            throw new InvalidArgument(
                    (kind.equals("security") ? "security " : "network mode ")
                            + Lexer.quoted(value)
                            + " is not supported"
                            + Nearest.hint(value, List.of(allowed)));
        }
        return value;
    }

    private List<KeyValue> pairs(Arguments arguments) {
        String rest = arguments.atLeastOne();
        List<String> words = Words.quoted(rest, escape);
        if (!words.getFirst().contains("=")) {
            String[] legacy = rest.split("[\\t\\x0B\\f\\r ]+", 2);
            if (legacy.length < 2) {
                throw new InvalidArgument(arguments.name() + " must have two arguments");
            }
            return List.of(new KeyValue(legacy[0], legacy[1], true));
        }
        List<KeyValue> pairs = new ArrayList<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw new InvalidArgument(
                        "Syntax error - can't find = in "
                                + Lexer.quoted(word)
                                + ". Must be of the form: name=value");
            }
            if (equals == 0) {
                throw new InvalidArgument(arguments.name() + " names can not be blank");
            }
            pairs.add(new KeyValue(word.substring(0, equals), word.substring(equals + 1), false));
        }
        return pairs;
    }

    private Instruction onBuild(Arguments arguments) {
        arguments.noFlags();
        String trigger = arguments.atLeastOne().split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
        if (trigger.equals("ONBUILD")) {
            throw new InvalidArgument("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
        }
        if (trigger.equals("FROM") || trigger.equals("MAINTAINER")) {
            throw new InvalidArgument(trigger + " isn't allowed as an ONBUILD trigger");
        }
        LogicalLine line = arguments.line();
        StringBuilder text = new StringBuilder(ONBUILD.matcher(line.text()).replaceFirst(""));
        for (Heredoc heredoc : line.heredocs()) {
            text.append('\n').append(heredoc.content()).append(heredoc.name());
        }
        if (checksTriggers) {
            // refused here, not at the child's build
            DockerfileParser.instruction(text.toString(), escape);
        }
        return new Instruction.OnBuild(arguments.source(), text.toString());
    }

    private static Instruction shell(Arguments arguments) {
        arguments.noFlags();
        List<String> shell = ArrayForm.read(arguments.rest());
        if (shell == null && !arguments.rest().isEmpty()) {
            throw new InvalidArgument(
                    "SHELL requires the arguments to be in JSON form, not: "
                            + arguments.source().text());
        }
        if (shell == null || shell.isEmpty()) {
            throw new InvalidArgument("SHELL requires at least one argument");
        }
        return new Instruction.Shell(arguments.source(), shell);
    }

    private static Instruction volume(Arguments arguments) {
        arguments.noFlags();
        List<String> paths = new ArrayList<>();
        for (String path : arguments.list()) {
            if (path.isBlank()) {
                throw new InvalidArgument("VOLUME specified can not be an empty string");
            }
            paths.add(path.strip());
        }
        if (paths.isEmpty()) {
            throw new InvalidArgument("VOLUME requires at least one argument");
        }
        return new Instruction.Volume(arguments.source(), paths);
    }
}
