package dev.carafe.build.check;

import dev.carafe.build.dockerfile.CopySources;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.Source;
import dev.carafe.build.dockerfile.Stage;
import dev.carafe.build.files.Paths;
import dev.carafe.build.words.Lexer;

/// COPY and ADD of what `.dockerignore` takes out of the context.
final class ContextChecks {
    /// What no pattern means in particular.
    private static final String ANY_NAME = "any name";

    private ContextChecks() {}

    static void add(CheckSubject subject, Findings findings) {
        for (Stage stage : subject.file().stages()) {
            for (Instruction instruction : stage.instructions()) {
                switch (instruction) {
                    case Instruction.Copy copy when copy.from() == null ->
                            sources(subject, "Copy", copy.source(), copy.sources(), findings);
                    case Instruction.Add add ->
                            sources(subject, "Add", add.source(), add.sources(), findings);
                    default -> {}
                }
            }
        }
    }

    /// The whole context is ignored by what ignores any name.
    private static boolean isIgnored(CheckSubject subject, String path) {
        String asked = path.isEmpty() ? ANY_NAME : path;
        return subject.ignore().ignores(asked) && !subject.ignore().mayTakeInBelow(path);
    }

    private static void sources(
            CheckSubject subject,
            String verb,
            Source source,
            CopySources sources,
            Findings findings) {
        for (String path : sources.paths()) {
            boolean plain = !path.contains("$") && !path.contains("://") && !path.contains("*");
            String clean = Paths.clean(path);
            if (plain && isIgnored(subject, clean)) {
                findings.add(
                        Rule.COPY_IGNORED_FILE,
                        source,
                        "Attempting to "
                                + verb
                                + " file "
                                + Lexer.quoted(path)
                                + " that is excluded by .dockerignore");
            }
        }
    }
}
