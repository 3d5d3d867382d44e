package dev.carafe.build.check;

import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.Source;
import dev.carafe.build.dockerfile.Stage;
import java.util.List;

/// What one line tells by itself.
final class LineChecks {
    private final CheckSubject subject;
    private final Findings findings;

    private LineChecks(CheckSubject subject, Findings findings) {
        this.subject = subject;
        this.findings = findings;
    }

    static void add(CheckSubject subject, Findings findings) {
        LineChecks checks = new LineChecks(subject, findings);
        subject.file().globalArgs().forEach(checks::arg);
        subject.file().stages().forEach(checks::stage);
    }

    private void stage(Stage stage) {
        Source from = stage.from().source();
        casing(from);
        String name = stage.from().name();
        if (name != null) {
            describe(from, "FROM", List.of(name));
        }
        for (Instruction instruction : stage.instructions()) {
            switch (instruction) {
                case Instruction.Arg arg -> arg(arg);
                case Instruction.Maintainer maintainer ->
                        findings.add(
                                Rule.MAINTAINER_DEPRECATED,
                                maintainer.source(),
                                "Maintainer instruction is deprecated in favor of using label");
                default -> {}
            }
        }
    }

    private void casing(Source source) {
        List<String> words =
                List.of(source.text().split("\\s+")).stream()
                        .filter(word -> !word.startsWith("--"))
                        .toList();
        if (words.size() != 4) {
            return;
        }
        String from = words.get(0);
        String as = words.get(2);
        boolean other =
                Casing.isLower(from)
                        ? !Casing.isLower(as)
                        : Casing.isUpper(from) && !Casing.isUpper(as);
        if (other) {
            findings.add(
                    Rule.FROM_AS_CASING,
                    source,
                    "'" + as + "' and '" + from + "' keywords' casing do not match");
        }
        if (!Casing.isLower(words.get(3))) {
            findings.add(
                    Rule.STAGE_NAME_CASING,
                    source,
                    "Stage name '" + words.get(3) + "' should be lowercase");
        }
    }

    private void arg(Instruction.Arg arg) {
        List<String> names =
                arg.definitions().stream().map(Instruction.Arg.Definition::name).toList();
        describe(arg.source(), "ARG", names);
    }

    /// The last comment above ARG and FROM describes what they define.
    private void describe(Source source, String instruction, List<String> names) {
        List<String> comments = subject.comments().getOrDefault(source.firstLine(), List.of());
        if (comments.isEmpty() || names.contains(comments.getLast().split(" ", 2)[0])) {
            return;
        }
        findings.add(
                Rule.INVALID_DEFINITION_DESCRIPTION,
                source,
                "Comment for "
                        + instruction
                        + " should follow the format: `# "
                        + (names.size() > 1 ? "<arg_key>" : names.getFirst())
                        + " <description>`");
    }
}
