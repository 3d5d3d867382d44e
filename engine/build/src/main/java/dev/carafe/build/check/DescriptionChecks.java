package dev.carafe.build.check;

import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.Source;
import dev.carafe.build.dockerfile.Stage;
import java.util.List;

/// Comments above ARG and FROM, which are descriptions of them.
final class DescriptionChecks {
    private DescriptionChecks() {}

    static void add(CheckSubject subject, Findings findings) {
        subject.file().globalArgs().forEach(arg -> arg(subject, arg, findings));
        for (Stage stage : subject.file().stages()) {
            String name = stage.from().name();
            if (name != null) {
                check(subject, stage.from().source(), "FROM", List.of(name), findings);
            }
            for (Instruction instruction : stage.instructions()) {
                if (instruction instanceof Instruction.Arg arg) {
                    arg(subject, arg, findings);
                }
            }
        }
    }

    private static void arg(CheckSubject subject, Instruction.Arg arg, Findings findings) {
        List<String> names =
                arg.definitions().stream().map(Instruction.Arg.Definition::name).toList();
        check(subject, arg.source(), "ARG", names, findings);
    }

    private static void check(
            CheckSubject subject,
            Source source,
            String instruction,
            List<String> names,
            Findings findings) {
        List<String> comments =
                subject.comments().getOrDefault(source.firstLine(), List.of()).stream()
                        .filter(comment -> !comment.startsWith("check="))
                        .toList();
        boolean described =
                comments.stream()
                        .anyMatch(c -> names.stream().anyMatch(name -> c.startsWith(name + " ")));
        if (!comments.isEmpty() && !described) {
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
}
