package dev.carafe.base.json;

import io.avaje.json.JsonException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// The long strings of a JSON text, taken out of it: in the rest, each is a short mark.
final class LongStrings {
    /// Bytes that the parser takes for sure.
    static final int LIMIT = 40_000;

    private final String nonce = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    private final Map<String, String> texts = new HashMap<>();
    private final byte[] json;
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();

    private LongStrings(byte[] json) {
        this.json = json;
    }

    static LongStrings in(byte[] json) {
        LongStrings strings = new LongStrings(json);
        strings.take();
        return strings;
    }

    boolean isEmpty() {
        return texts.isEmpty();
    }

    /// The JSON text with marks.
    byte[] rest() {
        return isEmpty() ? json : rest.toByteArray();
    }

    /// The long string, if the text is a mark; else the text itself.
    String whole(String text) {
        return texts.getOrDefault(text, text);
    }

    private void take() {
        int copied = 0;
        for (int at = 0; at < json.length; at++) {
            if (json[at] == '"') {
                int begin = at + 1;
                at = end(begin);
                if (at - begin > LIMIT) {
                    rest.write(json, copied, begin - copied);
                    rest.writeBytes(mark(begin, at).getBytes(StandardCharsets.US_ASCII));
                    copied = at;
                }
            }
        }
        rest.write(json, copied, json.length - copied);
    }

    /// Of the quote that ends the string.
    private int end(int begin) {
        int at = begin;
        while (at < json.length && json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return Math.min(at, json.length);
    }

    private String mark(int begin, int end) {
        String mark = nonce + "-" + texts.size();
        texts.put(mark, unescaped(new String(json, begin, end - begin, StandardCharsets.UTF_8)));
        return mark;
    }

    /// A bad escape stands for itself.
    static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != '\\' || at + 1 == text.length()) {
                plain.append(c);
                continue;
            }
            char kind = text.charAt(++at);
            if (kind == 'u' && at + 4 < text.length()) {
                plain.append(unit(text, at + 1));
                at += 4;
            } else {
                plain.append(control(kind));
            }
        }
        return plain.toString();
    }

    private static char unit(String text, int at) {
        try {
            return (char) HexFormat.fromHexDigits(text, at, at + 4);
        } catch (IllegalArgumentException e) {
            throw new JsonException("bad escape \\u" + text.substring(at, at + 4), e);
        }
    }

    private static char control(char kind) {
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> kind;
        };
    }
}
