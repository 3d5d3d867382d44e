package dev.carafe.cli.template;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Go's literals.
final class GoText {
    private GoText() {}

    /// The text of a literal in double quotes or backquotes.
    static String unquote(String literal) {
        String inside = literal.substring(1, literal.length() - 1);
        if (literal.charAt(0) == '`' || inside.indexOf('\\') < 0) {
            return inside;
        }
        StringBuilder s = new StringBuilder();
        int[] at = {0};
        while (at[0] < inside.length()) {
            char c = inside.charAt(at[0]++);
            if (c == '\\') {
                escape(inside, at, s);
            } else {
                s.append(c);
            }
        }
        return s.toString();
    }

    /// The code of a literal in single quotes.
    static Long character(String literal) {
        String text = unquote(literal);
        return text.isEmpty() ? 0L : (long) text.codePointAt(0);
    }

    private static void escape(String text, int[] at, StringBuilder out) {
        char c = at[0] < text.length() ? text.charAt(at[0]++) : '\\';
        switch (c) {
            case 'a' -> out.append('\007');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'v' -> out.append('\013');
            case 'x' -> out.appendCodePoint(digits(text, at, 2, 16));
            case 'u' -> out.appendCodePoint(digits(text, at, 4, 16));
            case 'U' -> out.appendCodePoint(digits(text, at, 8, 16));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at[0]--;
                out.appendCodePoint(digits(text, at, 3, 8));
            }
            default -> out.append(c);
        }
    }

    private static int digits(String text, int[] at, int count, int radix) {
        int value = 0;
        for (int i = 0; i < count && at[0] < text.length(); i++) {
            value = value * radix + Math.max(0, Character.digit(text.charAt(at[0]++), radix));
        }
        return Math.min(value, Character.MAX_CODE_POINT);
    }

    /// A number, or null when the text is none. Whole numbers are Long, others Double.
    static @Nullable Object number(String text) {
        String bare = text.replace("_", "");
        boolean negative = bare.startsWith("-");
        String digits = negative || bare.startsWith("+") ? bare.substring(1) : bare;
        String lower = digits.toLowerCase(Locale.ROOT);
        try {
            if (lower.startsWith("0x") && lower.indexOf('p') < 0) {
                return signed(negative, Long.parseLong(lower.substring(2), 16));
            }
            if (lower.startsWith("0b")) {
                return signed(negative, Long.parseLong(lower.substring(2), 2));
            }
            if (lower.startsWith("0o")) {
                return signed(negative, Long.parseLong(lower.substring(2), 8));
            }
            if (lower.indexOf('.') < 0 && lower.indexOf('e') < 0 && lower.indexOf('p') < 0) {
                boolean octal = lower.length() > 1 && lower.charAt(0) == '0';
                return signed(negative, Long.parseLong(lower, octal ? 8 : 10));
            }
            double value = Double.parseDouble(bare);
            // Go lets 1e3 be an integer too
            return value == Math.rint(value) && lower.indexOf('.') < 0 && Math.abs(value) < 1e15
                    ? (Object) Long.valueOf((long) value)
                    : Double.valueOf(value);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Long signed(boolean negative, long value) {
        return negative ? -value : value;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
