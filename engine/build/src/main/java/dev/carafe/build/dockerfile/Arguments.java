package dev.carafe.build.dockerfile;

import dev.carafe.base.InvalidArgument;
import java.util.List;
import java.util.Map;

/// What stands behind an instruction's name.
///
/// @param name upper case
/// @param flagWords the `--flag` words
/// @param rest what follows the flags, stripped
record Arguments(String name, LogicalLine line, List<String> flagWords, String rest, char escape) {
    Source source() {
        return line.source();
    }

    Flags flags(Map<String, Flags.Kind> known) {
        return new Flags(flagWords, known);
    }

    void noFlags() {
        flags(Map.of());
    }

    String atLeastOne() {
        if (rest.isEmpty()) {
            throw new InvalidArgument(name + " requires at least one argument");
        }
        return rest;
    }

    /// The rest of the line as one argument.
    String exactlyOne() {
        if (rest.isEmpty()) {
            throw new InvalidArgument(name + " requires exactly one argument");
        }
        noFlags();
        return rest;
    }

    /// A JSON array, or words.
    List<String> list() {
        List<String> array = ArrayForm.read(rest);
        return array == null ? Words.plain(rest) : array;
    }

    /// A JSON array, or the line for a shell.
    CommandLine commandLine() {
        return commandLine(rest);
    }

    CommandLine commandLine(String text) {
        List<String> array = ArrayForm.read(text);
        if (array != null) {
            return new CommandLine(array, false, List.of());
        }
        return new CommandLine(text.isEmpty() ? List.of() : List.of(text), true, line.heredocs());
    }

    /// What the comment above says about a name: `# NAME what it is for`.
    String description(String of) {
        for (String comment : line.comments()) {
            if (comment.startsWith(of + " ")) {
                return comment.substring(of.length() + 1);
            }
        }
        return "";
    }
}
