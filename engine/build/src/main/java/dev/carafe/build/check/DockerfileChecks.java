package dev.carafe.build.check;

import dev.carafe.build.dockerfile.Dockerfile;
import dev.carafe.build.dockerfile.Source;
import java.util.Comparator;
import java.util.List;

/// All checks of a Dockerfile.
public final class DockerfileChecks {
    private static final String DIRECTIVE = "check=";

    private DockerfileChecks() {}

    /// What was found, by line; without what the file's own directives skip.
    public static List<Finding> of(CheckSubject subject) {
        Findings findings = new Findings();
        for (Dockerfile.Warning warning : subject.file().warnings()) {
            findings.add(
                    Rule.NO_EMPTY_CONTINUATION,
                    new Source(warning.line(), warning.line(), ""),
                    "Empty continuation line");
        }
        CasingChecks.add(subject.file(), findings);
        StageChecks.add(subject, findings);
        InstructionChecks.add(subject.file(), findings);
        VariableChecks.add(subject, findings);
        ContextChecks.add(subject, findings);
        DescriptionChecks.add(subject, findings);
        Directive whole = Directive.parse(subject.file().check());
        return findings.all().stream()
                .filter(finding -> whole.wants(finding.rule()))
                .filter(finding -> !skippedAt(subject, finding))
                .sorted(
                        Comparator.comparingInt(Finding::firstLine)
                                .thenComparing(Finding::rule)
                                .thenComparing(Finding::detail))
                .distinct()
                .toList();
    }

    /// Whether the file wants findings to be errors.
    public static boolean errors(Dockerfile file) {
        return Directive.parse(file.check()).error();
    }

    /// A directive right above an instruction is for that one.
    private static boolean skippedAt(CheckSubject subject, Finding finding) {
        return subject.comments().getOrDefault(finding.firstLine(), List.of()).stream()
                .filter(comment -> comment.startsWith(DIRECTIVE))
                .map(comment -> Directive.parse(comment.substring(DIRECTIVE.length())))
                .anyMatch(directive ->
                        !directive.wants(finding.rule()) && !finding.rule().experimental());
    }
}
