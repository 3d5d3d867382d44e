package dev.carafe.build.check;

import dev.carafe.build.dockerfile.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Collects findings, without what the file's own directives skip.
final class Findings {
    private final List<Finding> all = new ArrayList<>();
    private final Directive directive;
    private final Map<Integer, List<String>> comments;

    /// @param comments by the first line of the instruction that they stand above
    Findings(Directive directive, Map<Integer, List<String>> comments) {
        this.directive = directive;
        this.comments = comments;
    }

    void add(Rule rule, Source at, String detail) {
        add(rule, at, at, detail);
    }

    /// @param teller the instruction whose directive decides
    void add(Rule rule, Source at, Source teller, String detail) {
        List<String> above = comments.getOrDefault(teller.firstLine(), List.of());
        if (directive.with(above).wants(rule)) {
            all.add(new Finding(rule, at.firstLine(), at.lastLine(), detail));
        }
    }

    /// About the file, whatever stands above the line.
    void addAnyway(Rule rule, Source at, String detail) {
        if (directive.wants(rule)) {
            all.add(new Finding(rule, at.firstLine(), at.lastLine(), detail));
        }
    }

    /// By line, each once.
    List<Finding> all() {
        return all.stream()
                .sorted(
                        Comparator.comparingInt(Finding::firstLine)
                                .thenComparing(Finding::rule)
                                .thenComparing(Finding::detail))
                .distinct()
                .toList();
    }
}
