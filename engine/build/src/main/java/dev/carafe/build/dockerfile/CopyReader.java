package dev.carafe.build.dockerfile;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.words.Lexer;
import dev.carafe.build.words.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// COPY and ADD.
final class CopyReader {
    private static final Map<String, Flags.Kind> COPY =
            Map.of(
                    "from",
                    Flags.Kind.ONE,
                    "chown",
                    Flags.Kind.ONE,
                    "chmod",
                    Flags.Kind.ONE,
                    "link",
                    Flags.Kind.BOOL,
                    "parents",
                    Flags.Kind.BOOL,
                    "exclude",
                    Flags.Kind.MANY);
    private static final Map<String, Flags.Kind> ADD =
            Map.of(
                    "chown",
                    Flags.Kind.ONE,
                    "chmod",
                    Flags.Kind.ONE,
                    "link",
                    Flags.Kind.BOOL,
                    "keep-git-dir",
                    Flags.Kind.BOOL,
                    "checksum",
                    Flags.Kind.ONE,
                    "unpack",
                    Flags.Kind.BOOL,
                    "exclude",
                    Flags.Kind.MANY);

    private CopyReader() {}

    static Instruction copy(Arguments arguments) {
        List<String> words = words(arguments);
        Flags flags = arguments.flags(COPY);
        checkFrom(flags.one("from"));
        return new Instruction.Copy(
                arguments.source(),
                sources(arguments, words),
                flags.one("from"),
                flags.one("chown"),
                flags.one("chmod"),
                flags.on("link"),
                flags.on("parents"),
                flags.many("exclude"));
    }

    private static void checkFrom(@Nullable String from) {
        if (from != null && !new Lexer('\\').expand(from, Variables.NONE).equals(from)) {
            throw new InvalidArgument(
                    "variable expansion is not supported for --from, define a new stage with FROM"
                            + " using ARG from global scope as a workaround");
        }
    }

    static Instruction add(Arguments arguments) {
        List<String> words = words(arguments);
        Flags flags = arguments.flags(ADD);
        return new Instruction.Add(
                arguments.source(),
                sources(arguments, words),
                flags.one("chown"),
                flags.one("chmod"),
                flags.on("link"),
                flags.one("checksum"),
                flags.maybe("keep-git-dir"),
                flags.maybe("unpack"),
                flags.many("exclude"));
    }

    private static List<String> words(Arguments arguments) {
        List<String> words = arguments.list();
        if (words.size() < 2) {
            throw new InvalidArgument(
                    arguments.name()
                            + " requires at least two arguments, but only one was provided."
                            + " Destination could not be determined");
        }
        return words;
    }

    private static CopySources sources(Arguments arguments, List<String> words) {
        String destination = words.getLast();
        if (Heredoc.begun(destination) != null) {
            throw new InvalidArgument(
                    arguments.name() + " cannot accept a heredoc as a destination");
        }
        List<String> paths = new ArrayList<>();
        List<Heredoc> inline = new ArrayList<>();
        for (String word : words.subList(0, words.size() - 1)) {
            Heredoc begun = Heredoc.begun(word);
            if (begun == null) {
                paths.add(word);
            } else {
                inline.add(whole(arguments.line(), begun));
            }
        }
        return new CopySources(paths, inline, destination);
    }

    private static Heredoc whole(LogicalLine line, Heredoc begun) {
        return line.heredocs().stream()
                .filter(h -> h.name().equals(begun.name()))
                .findFirst()
                .orElse(begun);
    }
}
