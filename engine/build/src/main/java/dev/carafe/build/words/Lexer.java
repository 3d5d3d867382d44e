package dev.carafe.build.words;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import java.util.List;

/// Takes quotes and escapes off a word and puts variables in, as a Dockerfile does (reference,
/// "Environment replacement"; the rules are BuildKit's).
///
/// @param escape backslash or backtick
/// @param keepQuotes quotes stay in the text
/// @param keepEscapes escape characters stay in the text
/// @param keepUnset `$name` of an unset variable stays as it is written
/// @param plainQuotes quotes are characters as any other, for the content of a here-document
public record Lexer(
        char escape,
        boolean keepQuotes,
        boolean keepEscapes,
        boolean keepUnset,
        boolean plainQuotes) {
    public Lexer(char escape) {
        this(escape, false, false, false, false);
    }

    /// The text with all variables in place, as one word.
    ///
    /// @throws InvalidArgument `failed to process "...": ...`
    public String expand(String text, Variables variables) {
        return run(text, variables).text();
    }

    /// The same, split where white space is outside of quotes.
    public List<String> words(String text, Variables variables) {
        return run(text, variables).words();
    }

    private LexerRun.Result run(String text, Variables variables) {
        try {
            return new LexerRun(this, text, variables).whole();
        } catch (InvalidArgument e) {
            throw new InvalidArgument(
                    Subject.NONE, "failed to process " + quoted(text) + ": " + e.text(), e);
        }
    }

    /// As Go's `%q` shows a string.
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '"' -> quoted.append("\\\"");
                        case '\\' -> quoted.append("\\\\");
                        case '\n' -> quoted.append("\\n");
                        case '\r' -> quoted.append("\\r");
                        case '\t' -> quoted.append("\\t");
                        case '\b' -> quoted.append("\\b");
                        case '\f' -> quoted.append("\\f");
                        case 0x07 -> quoted.append("\\a");
                        case 0x0b -> quoted.append("\\v");
                        default -> {
                            if (c < ' ' || c == 0x7f) {
                                quoted.append(String.format("\\x%02x", c));
                            } else {
                                quoted.appendCodePoint(c);
                            }
                        }
                    }
                });
        return quoted.append('"').toString();
    }
}
