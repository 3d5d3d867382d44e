package dev.carafe.build.dockerfile;

import java.util.ArrayList;
import java.util.List;

/// The `--flag=value` words at the beginning of an instruction's arguments, quotes taken off, and
/// what follows them.
record FlagWords(List<String> flags, String rest) {
    static FlagWords split(String text, char escape) {
        List<String> flags = new ArrayList<>();
        int at = 0;
        while (true) {
            at = skipSpace(text, at);
            if (!text.startsWith("--", at)) {
                return new FlagWords(flags, text.substring(at).strip());
            }
            StringBuilder word = new StringBuilder();
            at = word(text, at, escape, word);
            if (word.toString().equals("--")) {
                return new FlagWords(flags, text.substring(at).strip());
            }
            flags.add(word.toString());
        }
    }

    private static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int word(String text, int from, char escape, StringBuilder word) {
        char quote = 0;
        int at = from;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == escape) {
                if (at + 1 < text.length()) {
                    word.append(text.charAt(++at));
                }
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                return at;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else {
                word.append(c);
            }
        }
        return at;
    }
}
