package dev.carafe.build.solve;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.dockerfile.Heredoc;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.RunMount;
import dev.carafe.build.dockerfile.Source;
import dev.carafe.build.words.Lexer;
import dev.carafe.build.words.Variables;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What displays call an instruction, as BuildKit does: the line with the values of its variables,
/// but for those that come of secrets.
final class StepNames {
    private static final String MASK = "****";

    private StepNames() {}

    /// @param lexer of the file
    static String of(Instruction instruction, Lexer lexer, Variables variables) {
        Source source = instruction.source();
        if (!(instruction instanceof Instruction.Run run)) {
            return upper(expanded(source.text(), lexer, variables));
        }
        // what a shell will read keeps its quotes, and what only the shell knows
        Lexer shell = new Lexer(lexer.escape(), true, false, true, false);
        return upper(expanded(source.text() + summary(run), shell, masked(run, lexer, variables)));
    }

    private static String expanded(String text, Lexer lexer, Variables variables) {
        try {
            return lexer.expand(text, variables);
        } catch (InvalidArgument e) {
            // the step says what is wrong; here only its name is wanted
            return text;
        }
    }

    private static Variables masked(Instruction.Run run, Lexer lexer, Variables variables) {
        Set<String> secrets = new HashSet<>();
        for (String text : run.mounts()) {
            try {
                String env = RunMount.parse(text, one -> lexer.expand(one, variables)).env();
                if (env != null && !env.isEmpty()) {
                    secrets.add(env);
                }
            } catch (InvalidArgument e) {
                // as above
                continue;
            }
        }
        return name -> secrets.contains(name) ? MASK : variables.get(name);
    }

    /// The first line of a script that is the whole command.
    private static String summary(Instruction.Run run) {
        List<Heredoc> scripts = run.command().heredocs();
        List<String> words = run.command().words();
        boolean whole = words.size() == 1 && Heredoc.begun(words.getFirst()) != null;
        if (scripts.isEmpty() || !whole) {
            return "";
        }
        String[] lines = scripts.getFirst().content().strip().split("\\r?\\n", 2);
        return " (" + lines[0] + (lines.length > 1 ? "..." : "") + ")";
    }

    private static String upper(String line) {
        String[] words = line.split(" ", 2);
        return words[0].toUpperCase(Locale.ROOT) + (words.length > 1 ? " " + words[1] : "");
    }
}
