package dev.carafe.build.check;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.dockerfile.Dockerfile;
import dev.carafe.build.dockerfile.Source;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All checks of a Dockerfile.
public final class DockerfileChecks {
    private static final String OVERRIDE = "BUILDKIT_DOCKERFILE_CHECK";

    private DockerfileChecks() {}

    /// What was found.
    ///
    /// @param findings by line; without what the file's own directives skip
    /// @param error that some of them are, when the file wants that; else null
    public record Result(List<Finding> findings, @Nullable InvalidArgument error) {}

    /// @throws InvalidArgument `failed to parse check options: ...`
    public static Result of(CheckSubject subject) {
        Directive directive = directive(subject);
        Findings findings = new Findings(directive, subject.comments());
        Dockerfile file = subject.file();
        for (Dockerfile.Warning warning : file.warnings()) {
            findings.addAnyway(
                    Rule.NO_EMPTY_CONTINUATION,
                    new Source(warning.line(), warning.line(), ""),
                    "Empty continuation line");
        }
        LineChecks.add(subject, findings);
        if (subject.extent().whole()) {
            FileChecks.add(file, findings);
            StageChecks.add(subject, findings);
            StageBodyChecks.add(subject, findings);
        }
        List<Finding> all = findings.all();
        return new Result(all, directive.error() && !all.isEmpty() ? error(all) : null);
    }

    private static Directive directive(CheckSubject subject) {
        String override = subject.arguments().given().get(OVERRIDE);
        try {
            return Directive.parse(override == null ? subject.file().check() : override);
        } catch (InvalidArgument e) {
            throw new InvalidArgument(e.subject(), "failed to parse check options: " + e.text(), e);
        }
    }

    private static InvalidArgument error(List<Finding> findings) {
        return new InvalidArgument(
                "lint violation found for rules: "
                        + findings.stream()
                                .map(finding -> finding.rule().title())
                                .distinct()
                                .collect(Collectors.joining(", ")));
    }
}
