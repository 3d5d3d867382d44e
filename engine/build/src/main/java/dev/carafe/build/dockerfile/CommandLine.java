package dev.carafe.build.dockerfile;

import java.util.List;

/// The command of RUN, CMD, ENTRYPOINT.
///
/// @param words the array of the exec form; one word, the whole line, in the shell form; empty when
///   there was nothing
/// @param shell true for the shell form: the shell of the stage comes before the words
/// @param heredocs here-documents of the line, with their content
public record CommandLine(List<String> words, boolean shell, List<Heredoc> heredocs) {
    public CommandLine {
        words = List.copyOf(words);
        heredocs = List.copyOf(heredocs);
    }
}
