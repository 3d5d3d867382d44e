package dev.carafe.build.check;

import dev.carafe.build.dockerfile.Dockerfile;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.Source;
import dev.carafe.build.dockerfile.Stage;
import dev.carafe.build.words.Lexer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the lines of a file tell together: names of stages, and the case of instructions.
final class FileChecks {
    private static final List<String> RESERVED = List.of("scratch", "context");

    private FileChecks() {}

    static void add(Dockerfile file, Findings findings) {
        Set<String> names = new HashSet<>();
        file.stages().forEach(stage -> name(stage.from(), names, findings));
        instructions(file, findings);
    }

    private static void name(Instruction.From from, Set<String> names, Findings findings) {
        String name = from.name();
        if (name == null) {
            return;
        }
        if (RESERVED.contains(name)) {
            findings.addAnyway(
                    Rule.RESERVED_STAGE_NAME,
                    from.source(),
                    "Stage name should not use the same name as reserved stage "
                            + Lexer.quoted(name));
        }
        if (!names.add(name)) {
            findings.addAnyway(
                    Rule.DUPLICATE_STAGE_NAME,
                    from.source(),
                    "Duplicate stage name "
                            + Lexer.quoted(name)
                            + ", stage names should be unique");
        }
    }

    private static void instructions(Dockerfile file, Findings findings) {
        List<Source> all = new ArrayList<>();
        for (Stage stage : file.stages()) {
            all.add(stage.from().source());
            stage.instructions().forEach(instruction -> all.add(instruction.source()));
        }
        List<String> pure =
                all.stream()
                        .map(FileChecks::word)
                        .filter(word -> Casing.isLower(word) || Casing.isUpper(word))
                        .toList();
        boolean toLower = pure.stream().filter(Casing::isLower).count() * 2 > pure.size();
        for (Source source : all) {
            String word = word(source);
            if (toLower ? !Casing.isLower(word) : !Casing.isUpper(word)) {
                findings.addAnyway(
                        Rule.CONSISTENT_INSTRUCTION_CASING,
                        source,
                        "Command '"
                                + word
                                + "' should match the case of the command majority ("
                                + (toLower ? "lowercase" : "uppercase")
                                + ")");
            }
        }
    }

    private static String word(Source source) {
        return source.text().split("\\s", 2)[0];
    }
}
