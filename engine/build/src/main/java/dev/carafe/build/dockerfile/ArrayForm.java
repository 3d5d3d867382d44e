package dev.carafe.build.dockerfile;

import dev.carafe.base.InvalidArgument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The JSON form of arguments: an array of strings, RFC 8259 with no leniency. What is no array at
/// all is the shell form; an array of something else is an error.
final class ArrayForm {
    private static final String ONLY_STRINGS =
            "when using JSON array syntax, arrays must be comprised of strings only";
    private final String text;
    private int at;
    private boolean otherValues;

    private ArrayForm(String text) {
        this.text = text;
    }

    /// The strings, or null when the text is not a JSON array.
    ///
    /// @throws InvalidArgument for an array of other values
    static @Nullable List<String> read(String text) {
        String stripped = text.strip();
        if (!stripped.startsWith("[")) {
            return null;
        }
        ArrayForm form = new ArrayForm(stripped);
        List<String> strings = form.array();
        if (strings != null && form.otherValues) {
            throw new InvalidArgument(ONLY_STRINGS);
        }
        return strings;
    }

    private @Nullable List<String> array() {
        List<String> strings = new ArrayList<>();
        at = 1;
        space();
        if (take(']')) {
            return ended() ? strings : null;
        }
        do {
            space();
            String value = at < text.length() && text.charAt(at) == '"' ? string() : other();
            if (value == null) {
                return null;
            }
            strings.add(value);
            space();
        } while (take(','));
        return take(']') && ended() ? strings : null;
    }

    private boolean ended() {
        space();
        return at == text.length();
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean take(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    /// A number or a word; nested values are not told from broken text.
    private @Nullable String other() {
        int from = at;
        while (at < text.length() && ",] \t".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(from, at);
        if (!word.matches("true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
            return null;
        }
        otherValues = true;
        return word;
    }

    private @Nullable String string() {
        StringBuilder string = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return string.toString();
            }
            if (c < ' ') {
                return null;
            }
            if (c != '\\') {
                string.append(c);
            } else if (!escaped(string)) {
                return null;
            }
        }
        return null;
    }

    private boolean escaped(StringBuilder string) {
        if (at >= text.length()) {
            return false;
        }
        char c = text.charAt(at++);
        int simple = "\"\\/bfnrt".indexOf(c);
        if (simple >= 0) {
            string.append("\"\\/\b\f\n\r\t".charAt(simple));
            return true;
        }
        if (c != 'u' || at + 4 > text.length()) {
            return false;
        }
        String digits = text.substring(at, at + 4);
        at += 4;
        if (!digits.matches("[0-9a-fA-F]{4}")) {
            return false;
        }
        string.append((char) Integer.parseInt(digits, 16));
        return true;
    }
}
