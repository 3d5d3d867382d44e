package dev.carafe.daemon.options;

import dev.carafe.base.InvalidArgument;
import dev.carafe.daemon.options.Option.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads flags as dockerd does: `--name value`, `--name=value`, `-x value`, `-xvalue`, `-x=value`,
/// bundled `-Dx`.
public final class CommandLine {
    private final OptionTable table;
    private final Map<Option, List<String>> values = new LinkedHashMap<>();

    private CommandLine(OptionTable table) {
        this.table = table;
    }

    /// Values in the order given; a flag's are `true` or `false`.
    ///
    /// @throws InvalidArgument for anything that is no option
    public static Map<Option, List<String>> parse(OptionTable table, List<String> arguments) {
        CommandLine line = new CommandLine(table);
        List<String> rest = new ArrayList<>(arguments);
        while (!rest.isEmpty()) {
            String word = rest.removeFirst();
            if (word.startsWith("--") && word.length() > 2) {
                line.longFlag(word.substring(2), rest);
            } else if (word.startsWith("-") && word.length() > 1 && !word.equals("--")) {
                line.shortFlags(word.substring(1), rest);
            } else {
                throw new InvalidArgument("\"carafe daemon\" accepts no arguments: " + word);
            }
        }
        return line.values;
    }

    private void longFlag(String text, List<String> rest) {
        int eq = text.indexOf('=');
        String name = eq < 0 ? text : text.substring(0, eq);
        Option option = table.byName(name);
        if (option == null) {
            throw new InvalidArgument("unknown flag: --" + name);
        }
        if (eq >= 0) {
            put(option, text.substring(eq + 1));
        } else if (option.kind() == Kind.FLAG) {
            put(option, "true");
        } else {
            put(option, next("--" + name, rest));
        }
    }

    private void shortFlags(String letters, List<String> rest) {
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            Option option = table.byLetter(letter);
            if (option == null) {
                throw new InvalidArgument(
                        "unknown shorthand flag: '" + letter + "' in -" + letters);
            }
            String after = letters.substring(i + 1);
            if (after.startsWith("=")) {
                put(option, after.substring(1));
                return;
            }
            if (option.kind() != Kind.FLAG) {
                put(
                        option,
                        after.isEmpty() ? next("'" + letter + "' in -" + letters, rest) : after);
                return;
            }
            put(option, "true");
        }
    }

    private static String next(String flag, List<String> rest) {
        if (rest.isEmpty()) {
            throw new InvalidArgument("flag needs an argument: " + flag);
        }
        return rest.removeFirst();
    }

    private void put(Option option, String given) {
        // dockerd's switches are on when only named
        boolean named = option.name().equals("feature") && given.indexOf('=') < 0;
        String value = named ? given + "=true" : given;
        check(option, value);
        values.computeIfAbsent(option, o -> new ArrayList<>()).add(value);
    }

    private static void check(Option option, String value) {
        String bad =
                switch (option.kind()) {
                    case FLAG ->
                            isBoolean(value)
                                    ? ""
                                    : "strconv.ParseBool: parsing \""
                                            + value
                                            + "\": invalid syntax";
                    case NUMBER ->
                            value.matches("-?[0-9]{1,9}")
                                    ? ""
                                    : "strconv.ParseInt: parsing \"" + value + "\": invalid syntax";
                    case MAP -> value.indexOf('=') > 0 ? "" : "must be key=value";
                    case TEXT, LIST, JSON -> "";
                };
        if (!bad.isEmpty()) {
            throw new InvalidArgument(
                    "invalid argument \""
                            + value
                            + "\" for \"--"
                            + option.name()
                            + "\" flag: "
                            + bad);
        }
    }

    private static boolean isBoolean(String value) {
        return List.of(
                        "1", "t", "T", "true", "TRUE", "True", "0", "f", "F", "false", "FALSE",
                        "False")
                .contains(value);
    }

    /// Whether a flag's text is one of Go's for true.
    static boolean isTrue(String value) {
        return value.equals("1") || value.equalsIgnoreCase("t") || value.equalsIgnoreCase("true");
    }
}
