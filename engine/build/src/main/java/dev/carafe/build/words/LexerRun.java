package dev.carafe.build.words;

import dev.carafe.base.InvalidArgument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One reading of one text by a {@link Lexer}.
final class LexerRun {
    private static final int END = -1;

    /// `${a:-${a:-...}}` deeper than this is refused before the stack ends.
    private static final int MAX_DEPTH = 200;

    private final Lexer lexer;
    private final int[] text;
    private final Variables variables;
    private int at;
    private int depth;

    LexerRun(Lexer lexer, String text, Variables variables) {
        this.lexer = lexer;
        this.text = text.codePoints().toArray();
        this.variables = variables;
    }

    /// @param text everything as one word
    /// @param words the same as words
    record Result(String text, List<String> words) {}

    Result whole() {
        return until(END, lexer.keepEscapes());
    }

    private int peek() {
        return at < text.length ? text[at] : END;
    }

    private int next() {
        return at < text.length ? text[at++] : END;
    }

    private Result until(int stop, boolean keepEscapes) {
        if (++depth > MAX_DEPTH) {
            throw new InvalidArgument("substitutions are nested too deep");
        }
        StringBuilder result = new StringBuilder();
        WordList words = new WordList();
        for (int c = peek(); c != END; c = peek()) {
            if (c == stop) {
                at++;
                depth--;
                return new Result(result.toString(), words.end());
            }
            piece(c, keepEscapes, result, words);
        }
        if (stop != END) {
            throw new InvalidArgument(
                    "unexpected end of statement while looking for matching "
                            + Character.toString(stop));
        }
        depth--;
        return new Result(result.toString(), words.end());
    }

    private void piece(int c, boolean keepEscapes, StringBuilder result, WordList words) {
        if (c == '$') {
            String value = dollar();
            result.append(value);
            words.addAll(value);
        } else if (c == '<') {
            String arrows = arrows();
            result.append(arrows);
            words.addRaw(arrows);
        } else if (!lexer.plainQuotes() && (c == '\'' || c == '"')) {
            String value = c == '"' ? doubleQuoted(keepEscapes) : singleQuoted();
            result.append(value);
            words.addRaw(value);
        } else if (next() == lexer.escape()) {
            escaped(keepEscapes, result, words);
        } else {
            result.appendCodePoint(c);
            words.add(c);
        }
    }

    private void escaped(boolean keepEscapes, StringBuilder result, WordList words) {
        String kept = keepEscapes ? String.valueOf(lexer.escape()) : "";
        int c = next();
        String whole = c == END ? kept : kept + Character.toString(c);
        result.append(whole);
        words.addRaw(whole);
    }

    /// `<<` and the white space behind it belong to the word of a here-document.
    private String arrows() {
        at++;
        if (peek() != '<') {
            return "<";
        }
        at++;
        StringBuilder arrows = new StringBuilder("<<");
        while (peek() == ' ' || peek() == '\t') {
            arrows.appendCodePoint(next());
        }
        return arrows.toString();
    }

    private String singleQuoted() {
        StringBuilder result = new StringBuilder();
        quote(result);
        for (int c = next(); c != '\''; c = next()) {
            if (c == END) {
                throw new InvalidArgument(
                        "unexpected end of statement while looking for matching single-quote");
            }
            result.appendCodePoint(c);
        }
        at--;
        quote(result);
        return result.toString();
    }

    private void quote(StringBuilder result) {
        int quote = next();
        if (lexer.keepQuotes()) {
            result.appendCodePoint(quote);
        }
    }

    private String doubleQuoted(boolean keepEscapes) {
        StringBuilder result = new StringBuilder();
        quote(result);
        for (int c = peek(); c != '"'; c = peek()) {
            if (c == END) {
                throw new InvalidArgument(
                        "unexpected end of statement while looking for matching double-quote");
            }
            if (c == '$') {
                result.append(dollar());
                continue;
            }
            at++;
            if (c == lexer.escape()) {
                int following = peek();
                boolean special = following == '"' || following == '$' || following == c;
                if (keepEscapes || !special && following != END) {
                    result.appendCodePoint(c);
                }
                if (special) {
                    result.appendCodePoint(next());
                }
            } else {
                result.appendCodePoint(c);
            }
        }
        quote(result);
        return result.toString();
    }

    private String dollar() {
        at++;
        if (peek() != '{') {
            String name = name();
            if (name.isEmpty()) {
                return "$";
            }
            return shown(variables.get(name), "$" + name);
        }
        at++;
        return switch (peek()) {
            case END -> throw missing("'}'");
            case '{', '}', ':' -> throw new InvalidArgument("syntax error: bad substitution");
            default -> braces(name());
        };
    }

    private String shown(@Nullable String value, String written) {
        if (value != null) {
            return value;
        }
        return lexer.keepUnset() ? written : "";
    }

    private String braces(String name) {
        int c = next();
        return switch (c) {
            case '}' -> shown(variables.get(name), "${" + name + "}");
            case '/' -> replace(name);
            case ':' -> modified(name, next(), true);
            default -> modified(name, c, false);
        };
    }

    private String modified(String name, int modifier, boolean colon) {
        String written = (colon ? ":" : "") + (modifier == END ? "" : Character.toString(modifier));
        boolean pattern = modifier == '#' || modifier == '%';
        boolean known = modifier == '-' || modifier == '+' || modifier == '?' || pattern;
        if (modifier == END) {
            throw missing("'}'");
        }
        if (!known || pattern && colon) {
            throw new InvalidArgument("unsupported modifier (" + written + ") in substitution");
        }
        String word = inner('}', pattern, "'}'");
        String value = variables.get(name);
        if (value == null && lexer.keepUnset()) {
            return "${" + name + written + word + "}";
        }
        return Substitution.apply(name, value, modifier, colon, word);
    }

    private String replace(String name) {
        boolean all = peek() == '/';
        if (all) {
            at++;
        }
        String pattern = inner('/', true, "'/' in ${}");
        String replacement = inner('}', true, "'}'");
        String value = variables.get(name);
        if (value == null && lexer.keepUnset()) {
            return "${" + name + "/" + (all ? "/" : "") + pattern + "/" + replacement + "}";
        }
        return Substitution.replace(value == null ? "" : value, pattern, replacement, all);
    }

    private String inner(int stop, boolean keepEscapes, String wanted) {
        try {
            return until(stop, keepEscapes).text();
        } catch (InvalidArgument e) {
            if (peek() == END) {
                throw missing(wanted);
            }
            throw e;
        }
    }

    private static InvalidArgument missing(String what) {
        return new InvalidArgument("syntax error: missing " + what);
    }

    /// Letters, digits and `_`; or digits only; or one special character of the shell.
    private String name() {
        StringBuilder name = new StringBuilder();
        int first = peek();
        if (first != END && !Character.isDigit(first) && "@*#?-$!".indexOf(first) >= 0) {
            return Character.toString(next());
        }
        boolean digits = first != END && Character.isDigit(first);
        for (int c = first;
                c != END
                        && (Character.isDigit(c) || !digits && (Character.isLetter(c) || c == '_'));
                c = peek()) {
            name.appendCodePoint(next());
        }
        return name.toString();
    }
}
