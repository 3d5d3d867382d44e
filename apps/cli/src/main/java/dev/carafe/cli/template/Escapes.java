package dev.carafe.cli.template;

/// The escaping functions of Go's templates.
public final class Escapes {
    private static final String HEX = "0123456789ABCDEF";

    private Escapes() {}

    static String html(String text) {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> s.append("&#34;");
                case '\'' -> s.append("&#39;");
                case '&' -> s.append("&amp;");
                case '<' -> s.append("&lt;");
                case '>' -> s.append("&gt;");
                case 0 -> s.append('\uFFFD');
                default -> s.append(c);
            }
        }
        return s.toString();
    }

    static String js(String text) {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> s.append("\\\\");
                case '\'' -> s.append("\\'");
                case '"' -> s.append("\\\"");
                case '<', '>', '&', '=' -> code(s, c);
                default -> {
                    if (c < ' ') {
                        code(s, c);
                    } else {
                        s.append(c);
                    }
                }
            }
        }
        return s.toString();
    }

    private static void code(StringBuilder s, char c) {
        s.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
    }

    /// JSON text with the three characters that HTML minds as escapes; in JSON they stand in
    /// strings only.
    public static String json(String text) {
        return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    /// `url.QueryEscape`.
    static String url(String text) {
        StringBuilder s = new StringBuilder();
        for (byte b : GoText.utf8(text)) {
            char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || "-_.~".indexOf(c) >= 0)) {
                s.append(c);
            } else if (c == ' ') {
                s.append('+');
            } else {
                s.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return s.toString();
    }
}
