package dev.carafe.build.check;

/// One place that a check points to.
///
/// @param firstLine counted from 1
/// @param lastLine inclusive
/// @param detail what is wrong there
public record Finding(Rule rule, int firstLine, int lastLine, String detail) {
    /// In one line: `StageNameCasing: Stage name 'A' should be lowercase (line 3)`.
    public String text() {
        return rule.title() + ": " + detail + " (line " + firstLine + ")";
    }
}
