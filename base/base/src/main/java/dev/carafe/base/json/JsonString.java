package dev.carafe.base.json;

/// Texts as JSON strings, where an object of one or two of them is not worth a record. RFC 8259,
/// section 7.
public final class JsonString {
    private JsonString() {}

    /// In quotes; control characters, quotes and backslashes are escaped.
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            append(text.charAt(i), out);
        }
        return out.append('"').toString();
    }

    /// The same, and as Go's encoder does what a page of HTML could take for markup.
    public static String quotedForHtml(String text) {
        return quoted(text).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    private static void append(char c, StringBuilder out) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < ' ') {
                    out.append("\\u%04x".formatted((int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
