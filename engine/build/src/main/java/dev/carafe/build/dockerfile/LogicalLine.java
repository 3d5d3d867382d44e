package dev.carafe.build.dockerfile;

import java.util.List;

/// An instruction's text with its continuations joined.
///
/// @param comments the comment lines right above it, without `#`
record LogicalLine(Source source, List<String> comments, List<Heredoc> heredocs) {
    String text() {
        return source.text();
    }
}
