package dev.carafe.dockermodel;

import dev.carafe.base.InvalidArgument;

/// Reads a JSON text for its form alone and says what is wrong in the words of Go's encoding/json,
/// which clients know from Docker. Takes one value and white space around it. RFC 8259.
final class JsonSyntax {
    private static final int DEEPEST = 10_000;
    private static final String VALUE = "looking for beginning of value";

    private final byte[] text;
    private int at;

    private JsonSyntax(byte[] text) {
        this.text = text;
    }

    /// @throws InvalidArgument `invalid JSON: ...`, `unexpected content after JSON`
    static void check(byte[] text) {
        JsonSyntax syntax = new JsonSyntax(text);
        syntax.value(0);
        syntax.space();
        if (syntax.at < text.length) {
            throw new InvalidArgument("unexpected content after JSON");
        }
    }

    private void value(int depth) {
        if (depth > DEEPEST) {
            throw new InvalidArgument("invalid JSON: exceeded max depth");
        }
        int c = next();
        switch (c) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> {
                if (c != '-' && !isDigit(c)) {
                    throw wrong(VALUE);
                }
                number(c);
            }
        }
    }

    private void object(int depth) {
        String key = "looking for beginning of object key string";
        int c = next();
        if (c == '}') {
            return;
        }
        while (true) {
            if (c != '"') {
                throw wrong(key);
            }
            string();
            if (next() != ':') {
                throw wrong("after object key");
            }
            value(depth + 1);
            String after = "after object key:value pair";
            c = next();
            if (c == '}') {
                return;
            }
            if (c != ',') {
                throw wrong(after);
            }
            c = next();
        }
    }

    private void array(int depth) {
        if (next() == ']') {
            return;
        }
        at--;
        while (true) {
            value(depth + 1);
            int c = next();
            if (c == ']') {
                return;
            }
            if (c != ',') {
                throw wrong("after array element");
            }
        }
    }

    private void string() {
        while (true) {
            int c = take();
            if (c == '"') {
                return;
            }
            if (c < ' ') {
                throw wrong("in string literal");
            }
            if (c == '\\') {
                escape();
            }
        }
    }

    private void escape() {
        int c = take();
        if (c == 'u') {
            for (int i = 0; i < 4; i++) {
                if (Character.digit(take(), 16) < 0) {
                    throw wrong("in \\u hexadecimal character escape");
                }
            }
        } else if ("\"\\/bfnrt".indexOf(c) < 0) {
            throw wrong("in string escape code");
        }
    }

    private void literal(String word) {
        for (int i = 1; i < word.length(); i++) {
            if (take() != word.charAt(i)) {
                throw wrong("in literal " + word + " (expecting " + quoted(word.charAt(i)) + ")");
            }
        }
    }

    private void number(int first) {
        int c = first == '-' ? digit("in numeric literal") : first;
        if (c != '0') {
            digits();
        }
        if (peek() == '.') {
            at++;
            digit("after decimal point in numeric literal");
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digit("in exponent of numeric literal");
            digits();
        }
    }

    private int digit(String where) {
        int c = take();
        if (!isDigit(c)) {
            throw wrong(where);
        }
        return c;
    }

    private void digits() {
        while (isDigit(peek())) {
            at++;
        }
    }

    /// The next character that is no white space.
    private int next() {
        space();
        return take();
    }

    private void space() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n') {
            at++;
        }
    }

    /// -1 at the end.
    private int peek() {
        return at < text.length ? text[at] & 0xff : -1;
    }

    private int take() {
        if (at == text.length) {
            throw new InvalidArgument("invalid JSON: unexpected EOF");
        }
        return text[at++] & 0xff;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /// About the character that was taken last.
    private InvalidArgument wrong(String where) {
        int c = text[at - 1] & 0xff;
        return new InvalidArgument("invalid JSON: invalid character " + quoted(c) + " " + where);
    }

    private static String quoted(int c) {
        return switch (c) {
            case '\'' -> "'\\''";
            case '"' -> "'\"'";
            case '\n' -> "'\\n'";
            case '\r' -> "'\\r'";
            case '\t' -> "'\\t'";
            default -> c < ' ' || c == 0x7f ? "'\\x%02x'".formatted(c) : "'" + (char) c + "'";
        };
    }
}
