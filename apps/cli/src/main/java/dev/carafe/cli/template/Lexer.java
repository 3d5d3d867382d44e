package dev.carafe.cli.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Cuts a template into tokens. Trim markers and comments are done with here.
final class Lexer {
    private final String name;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int parens;

    Lexer(String name, String text) {
        this.name = name;
        this.text = text;
    }

    static boolean isKeyword(String word) {
        return switch (word) {
            case "block",
                    "break",
                    "continue",
                    "define",
                    "else",
                    "end",
                    "if",
                    "range",
                    "nil",
                    "template",
                    "with" ->
                    true;
            default -> false;
        };
    }

    List<Token> tokens() {
        boolean trimmed = false;
        while (true) {
            int open = text.indexOf("{{", at);
            boolean trimEnd = open >= 0 && trimMarkerAfter(open + 2);
            String plain = text.substring(at, open < 0 ? text.length() : open);
            String kept = trimmed ? stripStart(plain) : plain;
            int start = at + plain.length() - kept.length();
            kept = trimEnd ? stripEnd(kept) : kept;
            if (!kept.isEmpty()) {
                add(Token.Kind.TEXT, kept, start);
            }
            if (open < 0) {
                add(Token.Kind.END, "", text.length());
                return tokens;
            }
            at = open + 2 + (trimEnd ? 1 : 0);
            trimmed = isComment() ? comment() : action(open);
        }
    }

    /// `{{- ` trims the text before it; `{{-3}}` is a number.
    private boolean trimMarkerAfter(int position) {
        return position + 1 < text.length()
                && text.charAt(position) == '-'
                && isSpace(text.charAt(position + 1));
    }

    private boolean isComment() {
        int p = at;
        while (p < text.length() && isSpace(text.charAt(p)) && p < at + 1) {
            p++;
        }
        return text.startsWith("/*", at)
                || (text.startsWith("/*", p) && at > 0 && text.charAt(at - 1) == '-');
    }

    /// @return whether the text after it is to be trimmed
    private boolean comment() {
        int end = text.indexOf("*/", at);
        if (end < 0) {
            throw failure("unclosed comment", at);
        }
        at = end + 2;
        boolean trim = text.startsWith(" -}}", at);
        if (!trim && !text.startsWith("}}", at)) {
            throw failure("comment ends before closing delimiter", at);
        }
        at += trim ? 4 : 2;
        return trim;
    }

    private boolean action(int open) {
        add(Token.Kind.LEFT, "{{", open);
        parens = 0;
        while (true) {
            boolean trim =
                    at < text.length()
                            && isSpace(text.charAt(at))
                            && text.startsWith("-}}", at + 1);
            if (trim || text.startsWith("}}", at)) {
                if (parens > 0) {
                    throw failure("unclosed left paren", at);
                }
                add(Token.Kind.RIGHT, "}}", at + (trim ? 2 : 0));
                at += trim ? 4 : 2;
                return trim;
            }
            if (at >= text.length()) {
                throw failure("unclosed action", open);
            }
            inside();
        }
    }

    private void inside() {
        char c = text.charAt(at);
        if (isSpace(c)) {
            int start = at;
            while (at < text.length()
                    && isSpace(text.charAt(at))
                    && !text.startsWith("-}}", at + 1)) {
                at++;
            }
            at = Math.max(at, start + (text.startsWith("-}}", start + 1) ? 0 : 1));
            add(Token.Kind.SPACE, " ", start);
        } else if (c == '"') {
            quoted('"', Token.Kind.STRING, "unterminated quoted string");
        } else if (c == '`') {
            raw();
        } else if (c == '\'') {
            quoted('\'', Token.Kind.CHARACTER, "unterminated character constant");
        } else if (c == '.' && at + 1 < text.length() && !isDigit(text.charAt(at + 1))) {
            word(Token.Kind.FIELD, 1);
        } else if (c == '$') {
            word(Token.Kind.VARIABLE, 1);
        } else if (isDigit(c) || c == '+' || c == '-' || c == '.') {
            number();
        } else if (isWord(c)) {
            word(Token.Kind.IDENTIFIER, 0);
        } else {
            punctuation(c);
        }
    }

    private void punctuation(char c) {
        switch (c) {
            case '|' -> one(Token.Kind.PIPE, "|");
            case '=' -> one(Token.Kind.ASSIGN, "=");
            case ',' -> one(Token.Kind.COMMA, ",");
            case '(' -> {
                parens++;
                one(Token.Kind.OPEN, "(");
            }
            case ')' -> {
                if (--parens < 0) {
                    throw failure("unexpected right paren", at);
                }
                one(Token.Kind.CLOSE, ")");
            }
            case ':' -> {
                if (!text.startsWith(":=", at)) {
                    throw failure("expected :=", at);
                }
                one(Token.Kind.DECLARE, ":=");
            }
            default -> {
                if (c < ' ' || c > 126) {
                    throw failure(
                            "unrecognized character in action: U+" + hex(c) + " '" + c + "'", at);
                }
                one(Token.Kind.OTHER, Character.toString(c));
            }
        }
    }

    private static String hex(char c) {
        String digits = Integer.toHexString(c).toUpperCase(Locale.ROOT);
        return "0000".substring(Math.min(4, digits.length())) + digits;
    }

    private void one(Token.Kind kind, String spelling) {
        add(kind, spelling, at);
        at += spelling.length();
    }

    /// A field, a variable or an identifier; `skip` is the length of its mark.
    private void word(Token.Kind kind, int skip) {
        int start = at;
        at += skip;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        if (at < text.length() && !endsWord(text.charAt(at))) {
            throw failure(
                    "bad character U+" + hex(text.charAt(at)) + " '" + text.charAt(at) + "'",
                    start);
        }
        add(word.equals(".") ? Token.Kind.DOT : kind, word, start);
    }

    private boolean endsWord(char c) {
        return isSpace(c) || ".,|:=)(".indexOf(c) >= 0 || text.startsWith("}}", at);
    }

    private void number() {
        int start = at;
        accept("+-");
        String digits = "0123456789_";
        if (accept("0")) {
            digits =
                    accept("xX")
                            ? "0123456789abcdefABCDEF_"
                            : accept("oO") ? "01234567_" : accept("bB") ? "01_" : digits;
        }
        acceptAll(digits);
        if (accept(".")) {
            acceptAll(digits);
        }
        if (digits.length() == 11 && accept("eE")) {
            accept("+-");
            acceptAll("0123456789_");
        }
        if (at < text.length() && isWord(text.charAt(at))) {
            throw failure(
                    "bad number syntax: " + GoFormat.quote(text.substring(start, at + 1)), start);
        }
        String number = text.substring(start, at);
        add(Token.Kind.NUMBER, number, start);
    }

    private boolean accept(String any) {
        if (at < text.length() && any.indexOf(text.charAt(at)) >= 0) {
            at++;
            return true;
        }
        return false;
    }

    private void acceptAll(String any) {
        while (accept(any)) {
            // moves on
        }
    }

    private void quoted(char quote, Token.Kind kind, String sentence) {
        int start = at++;
        while (true) {
            if (at >= text.length() || text.charAt(at) == '\n') {
                throw failure(sentence, start);
            }
            char c = text.charAt(at++);
            if (c == '\\') {
                at++;
            } else if (c == quote) {
                add(kind, text.substring(start, at), start);
                return;
            }
        }
    }

    private void raw() {
        int end = text.indexOf('`', at + 1);
        if (end < 0) {
            throw failure("unterminated raw quoted string", at);
        }
        add(Token.Kind.STRING, text.substring(at, end + 1), at);
        at = end + 1;
    }

    private void add(Token.Kind kind, String spelling, int position) {
        tokens.add(new Token(kind, spelling, position, lineAt(position)));
    }

    private int lineAt(int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        return line;
    }

    private TemplateFailure failure(String what, int position) {
        return new TemplateFailure("template: " + name + ":" + lineAt(position) + ": " + what);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWord(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private static String stripStart(String s) {
        int i = 0;
        while (i < s.length() && isSpace(s.charAt(i))) {
            i++;
        }
        return s.substring(i);
    }

    private static String stripEnd(String s) {
        int i = s.length();
        while (i > 0 && isSpace(s.charAt(i - 1))) {
            i--;
        }
        return s.substring(0, i);
    }
}
