package dev.carafe.cli.json;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// RFC 8259, by recursive descent. Depth is bounded so that hostile text can't overflow the stack.
final class JsonReader {
    private static final int MAX_DEPTH = 500;

    private final String text;
    private int at;
    private int depth;

    JsonReader(String text) {
        this.text = text;
    }

    @Nullable Object document() {
        Object value = value();
        space();
        if (at < text.length()) {
            throw failure("text after the value");
        }
        return value;
    }

    private @Nullable Object value() {
        space();
        if (at >= text.length()) {
            throw failure("unexpected end");
        }
        char c = text.charAt(at);
        switch (c) {
            case '{':
                return object();
            case '[':
                return list();
            case '"':
                return string();
            case 't':
                return word("true", Boolean.TRUE);
            case 'f':
                return word("false", Boolean.FALSE);
            case 'n':
                return word("null", null);
            default:
                return number();
        }
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw failure("unexpected text");
        }
        at += word.length();
        return value;
    }

    private JsonObject object() {
        enter();
        JsonObject object = new JsonObject();
        space();
        if (peek('}')) {
            depth--;
            return object;
        }
        do {
            space();
            if (at >= text.length() || text.charAt(at) != '"') {
                throw failure("a key is missing");
            }
            String key = string();
            space();
            if (!peek(':')) {
                throw failure("':' is missing");
            }
            object.put(key, value());
            space();
        } while (peek(','));
        if (!peek('}')) {
            throw failure("'}' is missing");
        }
        depth--;
        return object;
    }

    private List<@Nullable Object> list() {
        enter();
        List<@Nullable Object> list = new ArrayList<>();
        space();
        if (peek(']')) {
            depth--;
            return list;
        }
        do {
            list.add(value());
            space();
        } while (peek(','));
        if (!peek(']')) {
            throw failure("']' is missing");
        }
        depth--;
        return list;
    }

    private void enter() {
        at++;
        if (++depth > MAX_DEPTH) {
            throw failure("nested too deeply");
        }
    }

    private boolean peek(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private String string() {
        int start = ++at;
        int end = text.indexOf('"', start);
        int escape = text.indexOf('\\', start);
        if (end >= 0 && (escape < 0 || escape > end)) {
            at = end + 1;
            return text.substring(start, end);
        }
        return escapedString();
    }

    private String escapedString() {
        StringBuilder s = new StringBuilder();
        while (true) {
            if (at >= text.length()) {
                throw failure("unexpected end of a string");
            }
            char c = text.charAt(at++);
            if (c == '"') {
                return s.toString();
            }
            s.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() {
        if (at >= text.length()) {
            throw failure("unexpected end of a string");
        }
        char c = text.charAt(at++);
        switch (c) {
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                return unicode();
            case '"', '\\', '/':
                return c;
            default:
                throw failure("unknown escape");
        }
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < text.length() ? Character.digit(text.charAt(at++), 16) : -1;
            if (digit < 0) {
                throw failure("a bad \\u escape");
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }

    private Number number() {
        int start = at;
        boolean whole = true;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '.' || c == 'e' || c == 'E') {
                whole = false;
            } else if (c != '-' && c != '+' && (c < '0' || c > '9')) {
                break;
            }
            at++;
        }
        String digits = text.substring(start, at);
        try {
            if (!whole) {
                return Double.valueOf(digits);
            }
            return digits.length() < 19
                    ? (Number) Long.valueOf(digits)
                    : narrow(new BigInteger(digits));
        } catch (NumberFormatException e) {
            at = start;
            throw failure("unexpected text");
        }
    }

    private static Number narrow(BigInteger value) {
        return value.bitLength() < 64 ? (Number) Long.valueOf(value.longValue()) : value;
    }

    private void space() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return;
            }
            at++;
        }
    }

    private JsonFailure failure(String what) {
        return new JsonFailure("invalid JSON at character " + (at + 1) + ": " + what);
    }
}
