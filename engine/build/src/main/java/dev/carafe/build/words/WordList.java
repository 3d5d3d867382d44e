package dev.carafe.build.words;

import java.util.ArrayList;
import java.util.List;

/// Collects words while text is read: white space outside quotes ends a word.
final class WordList {
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();

    void add(int c) {
        if (Character.isWhitespace(c)) {
            end();
        } else {
            word.appendCodePoint(c);
        }
    }

    void addAll(String text) {
        text.codePoints().forEach(this::add);
    }

    /// Text in which white space does not end the word.
    void addRaw(String text) {
        word.append(text);
    }

    List<String> end() {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
        return words;
    }
}
