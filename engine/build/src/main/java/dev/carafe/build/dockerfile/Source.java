package dev.carafe.build.dockerfile;

import dev.carafe.base.Subject;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where an instruction stands.
///
/// @param firstLine counted from 1
/// @param lastLine the last line that belongs to it, with its here-documents
/// @param text the instruction as written, continuations joined, without here-documents
public record Source(int firstLine, int lastLine, String text) {
    private static final String LINES = "lines of the Dockerfile";
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})-(\\d{1,9})");

    /// What an error about this place is about: {@link #of} reads it.
    public Subject subject() {
        return new Subject(LINES, firstLine + "-" + lastLine);
    }

    /// The place that an error is about, without its text; empty for errors about other things.
    public static Optional<Source> of(Subject subject) {
        Matcher range = RANGE.matcher(subject.id());
        return subject.kind().equals(LINES) && range.matches()
                ? Optional.of(
                        new Source(
                                Integer.parseInt(range.group(1)),
                                Integer.parseInt(range.group(2)),
                                ""))
                : Optional.empty();
    }
}
