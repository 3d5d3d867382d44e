package dev.carafe.build.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Splits arguments into words, quotes and escapes left in place.
final class Words {
    private static final Pattern SPACE = Pattern.compile("[\\t\\x0B\\f\\r ]+");
    private final String text;
    private final char escape;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean started;
    private char quote;

    private Words(String text, char escape) {
        this.text = text;
        this.escape = escape;
    }

    /// At white space outside of quotes.
    static List<String> quoted(String text, char escape) {
        return new Words(text, escape).split();
    }

    /// At every white space.
    static List<String> plain(String text) {
        return text.isEmpty() ? List.of() : List.of(SPACE.split(text));
    }

    private List<String> split() {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && Character.isWhitespace(c)) {
                end();
            } else if (c == escape && quote != '\'') {
                if (i + 1 < text.length()) {
                    word.append(c).append(text.charAt(++i));
                }
            } else {
                quotes(c);
                word.append(c);
            }
        }
        end();
        return words;
    }

    private void quotes(char c) {
        if (quote == 0 && (c == '"' || c == '\'')) {
            quote = c;
            started = true;
        } else if (c == quote) {
            quote = 0;
        }
    }

    private void end() {
        if (started || !word.isEmpty()) {
            words.add(word.toString());
        }
        word.setLength(0);
        started = false;
    }
}
