package dev.carafe.build.check;

import dev.carafe.build.dockerfile.Source;
import java.util.ArrayList;
import java.util.List;

/// Collects findings.
final class Findings {
    private final List<Finding> all = new ArrayList<>();

    void add(Rule rule, Source at, String detail) {
        all.add(new Finding(rule, at.firstLine(), at.lastLine(), detail));
    }

    List<Finding> all() {
        return all;
    }
}
