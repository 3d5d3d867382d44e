package dev.carafe.cli.template;

/// A piece of a template.
///
/// @param position in characters from the start of the text
/// @param line counted from 1
record Token(Kind kind, String text, int position, int line) {
    enum Kind {
        TEXT,
        LEFT,
        RIGHT,
        FIELD,
        VARIABLE,
        IDENTIFIER,
        NUMBER,
        STRING,
        CHARACTER,
        DOT,
        PIPE,
        DECLARE,
        ASSIGN,
        COMMA,
        OPEN,
        CLOSE,
        SPACE,
        OTHER,
        END
    }

    boolean is(Kind other) {
        return kind == other;
    }

    boolean isWord(String word) {
        return kind == Kind.IDENTIFIER && text.equals(word);
    }

    /// As Go's lexer prints an item in its sentences.
    String shown() {
        if (kind == Kind.END) {
            return "EOF";
        }
        if (kind == Kind.DOT) {
            return "<.>";
        }
        if (kind == Kind.IDENTIFIER && Lexer.isKeyword(text)) {
            return "<" + text + ">";
        }
        return text.length() > 10
                ? GoFormat.quote(text.substring(0, 10)) + "..."
                : GoFormat.quote(text);
    }
}
