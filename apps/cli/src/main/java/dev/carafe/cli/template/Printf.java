package dev.carafe.cli.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Go's `fmt.Sprintf`.
final class Printf {
    private final String format;
    private final List<@Nullable Object> arguments;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int used;
    private boolean reordered;
    private boolean minus;
    private boolean plus;
    private boolean sharp;
    private boolean space;
    private boolean zero;
    private int width;
    private int precision;

    private Printf(String format, List<@Nullable Object> arguments) {
        this.format = format;
        this.arguments = arguments;
    }

    static String format(String format, List<@Nullable Object> arguments) {
        return new Printf(format, arguments).run();
    }

    private String run() {
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            if (percent < 0) {
                out.append(format, at, format.length());
                break;
            }
            out.append(format, at, percent);
            at = percent + 1;
            directive();
        }
        if (!reordered && used < arguments.size()) {
            out.append("%!(EXTRA ");
            for (int i = used; i < arguments.size(); i++) {
                Object extra = arguments.get(i);
                out.append(i > used ? ", " : "").append(extra == null ? "<nil>" : typed(extra));
            }
            out.append(')');
        }
        return out.toString();
    }

    private void directive() {
        flags();
        width = number(-1);
        if (width < -1) {
            minus = true;
            width = -width;
        }
        precision = -1;
        if (at < format.length() && format.charAt(at) == '.') {
            at++;
            precision = Math.max(0, number(0));
        }
        argumentNumber();
        if (at >= format.length()) {
            out.append("%!(NOVERB)");
            return;
        }
        int verb = format.codePointAt(at);
        at += Character.charCount(verb);
        if (verb == '%') {
            out.append('%');
        } else if (used >= arguments.size()) {
            out.append("%!").appendCodePoint(verb).append("(MISSING)");
        } else {
            value(verb, arguments.get(used++));
        }
    }

    private void flags() {
        minus = plus = sharp = space = zero = false;
        for (; at < format.length(); at++) {
            switch (format.charAt(at)) {
                case '-' -> minus = true;
                case '+' -> plus = true;
                case '#' -> sharp = true;
                case ' ' -> space = true;
                case '0' -> zero = true;
                default -> {
                    return;
                }
            }
        }
    }

    /// `[2]`: the next value is the second argument.
    private void argumentNumber() {
        if (at < format.length() && format.charAt(at) == '[') {
            int close = format.indexOf(']', at);
            if (close > 0) {
                try {
                    used = Integer.parseInt(format.substring(at + 1, close)) - 1;
                    reordered = true;
                } catch (NumberFormatException e) {
                    used = arguments.size();
                }
                at = close + 1;
            }
        }
    }

    /// Digits or `*`.
    private int number(int fallback) {
        argumentNumber();
        if (at < format.length() && format.charAt(at) == '*') {
            at++;
            Object value = used < arguments.size() ? arguments.get(used++) : null;
            if (value instanceof Long n) {
                return n.intValue();
            }
            out.append("%!(BADWIDTH)");
            return fallback;
        }
        int start = at;
        while (at < format.length() && Character.isDigit(format.charAt(at)) && at - start < 6) {
            at++;
        }
        return at == start ? fallback : Integer.parseInt(format.substring(start, at));
    }

    private void value(int verb, @Nullable Object value) {
        switch (verb) {
            case 'T' -> pad(GoValues.typeName(value), false);
            case 'v' -> {
                if (value instanceof Long n) {
                    integer('d', n);
                } else if (value instanceof Double d) {
                    floating('g', d);
                } else {
                    pad(
                            sharp && value instanceof String s
                                    ? GoFormat.quote(s)
                                    : GoFormat.plain(value),
                            false);
                }
            }
            default -> {
                if (value instanceof String s) {
                    text(verb, s);
                } else if (value instanceof Long n) {
                    integer(verb, n);
                } else if (value instanceof Double d) {
                    floating(verb, d);
                } else if (value instanceof Boolean && verb == 't') {
                    pad(value.toString(), false);
                } else if (value instanceof List<?> list) {
                    list(verb, list);
                } else {
                    bad(verb, value);
                }
            }
        }
    }

    /// Go applies a verb to each element.
    private void list(int verb, List<?> list) {
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
            out.append(i > 0 ? " " : "");
            value(verb, list.get(i));
        }
        out.append(']');
    }

    private void text(int verb, String s) {
        String cut =
                precision >= 0 && s.codePointCount(0, s.length()) > precision
                        ? s.substring(0, s.offsetByCodePoints(0, precision))
                        : s;
        switch (verb) {
            case 's' -> pad(cut, zero);
            case 'q' ->
                    pad(sharp && s.indexOf('`') < 0 ? "`" + cut + "`" : GoFormat.quote(cut), false);
            case 'x' -> pad(hex(cut), false);
            case 'X' -> pad(hex(cut).toUpperCase(Locale.ROOT), false);
            default -> bad(verb, s);
        }
    }

    private static String hex(String s) {
        StringBuilder hex = new StringBuilder();
        for (byte b : GoText.utf8(s)) {
            hex.append(Character.forDigit((b >> 4) & 15, 16))
                    .append(Character.forDigit(b & 15, 16));
        }
        return hex.toString();
    }

    private void integer(int verb, long n) {
        String digits;
        switch (verb) {
            case 'd' -> digits = digits(n, 10, "");
            case 'b' -> digits = digits(n, 2, sharp ? "0b" : "");
            case 'o' -> digits = digits(n, 8, sharp ? "0" : "");
            case 'O' -> digits = digits(n, 8, "0o");
            case 'x' -> digits = digits(n, 16, sharp ? "0x" : "");
            case 'X' -> digits = digits(n, 16, sharp ? "0x" : "").toUpperCase(Locale.ROOT);
            case 'c' -> digits = Character.toString((int) n);
            case 'q' -> digits = "'" + Character.toString((int) n) + "'";
            case 'U' ->
                    digits =
                            "U+"
                                    + "0000".substring(Math.min(4, hexDigits(n).length()))
                                    + hexDigits(n);
            case 'e', 'E', 'f', 'F', 'g', 'G', 's', 't' -> {
                bad(verb, n);
                return;
            }
            default -> {
                bad(verb, n);
                return;
            }
        }
        number(digits);
    }

    private static String hexDigits(long n) {
        return Long.toHexString(n).toUpperCase(Locale.ROOT);
    }

    private String digits(long n, int radix, String prefix) {
        String digits = Long.toString(n, radix);
        boolean negative = digits.startsWith("-");
        String bare = negative ? digits.substring(1) : digits;
        while (bare.length() < precision) {
            bare = "0" + bare;
        }
        return sign(negative) + prefix + bare;
    }

    private String sign(boolean negative) {
        return negative ? "-" : plus ? "+" : space ? " " : "";
    }

    private void floating(int verb, double d) {
        String text;
        switch (verb) {
            case 'f', 'F' ->
                    text =
                            new BigDecimal(Math.abs(d))
                                    .setScale(precision < 0 ? 6 : precision, RoundingMode.HALF_EVEN)
                                    .toPlainString();
            case 'e', 'E' -> text = exponent(Math.abs(d), precision < 0 ? 6 : precision);
            case 'g', 'G' ->
                    text =
                            precision < 0
                                    ? GoFormat.number(Math.abs(d))
                                    : GoFormat.number(
                                            new BigDecimal(Math.abs(d))
                                                    .round(new MathContext(Math.max(1, precision)))
                                                    .doubleValue(),
                                            Math.max(1, precision));
            default -> {
                bad(verb, d);
                return;
            }
        }
        number(sign(d < 0) + (Character.isUpperCase(verb) ? text.toUpperCase(Locale.ROOT) : text));
    }

    private static String exponent(double size, int digits) {
        BigDecimal rounded =
                new BigDecimal(size).round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
        if (rounded.signum() != 0 && rounded.precision() < digits + 1) {
            rounded = rounded.setScale(rounded.scale() + digits + 1 - rounded.precision());
        }
        return GoFormat.exponent(rounded);
    }

    private void number(String text) {
        boolean filled = zero && !minus;
        int missing = width - text.length();
        if (!filled || missing <= 0) {
            pad(text, false);
            return;
        }
        int signEnd = !text.isEmpty() && "+- ".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
        out.append(text, 0, signEnd).repeat('0', missing).append(text, signEnd, text.length());
    }

    private void pad(String text, boolean zeros) {
        int missing = width - text.codePointCount(0, text.length());
        if (missing > 0 && !minus) {
            out.repeat(zeros ? '0' : ' ', missing);
        }
        out.append(text);
        if (missing > 0 && minus) {
            out.repeat(' ', missing);
        }
    }

    private void bad(int verb, @Nullable Object value) {
        out.append("%!").appendCodePoint(verb).append('(');
        out.append(value == null ? "<nil>" : typed(value)).append(')');
    }

    private static String typed(Object value) {
        return GoValues.typeName(value) + "=" + GoFormat.plain(value);
    }
}
