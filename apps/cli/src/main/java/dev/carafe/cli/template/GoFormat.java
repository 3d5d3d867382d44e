package dev.carafe.cli.template;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Values as Go's fmt prints them with `%v`, and `strconv.Quote`.
final class GoFormat {
    private static final int DIGITS = 6;

    private GoFormat() {}

    static String plain(@Nullable Object value) {
        if (value instanceof String s) {
            return s;
        }
        if (value == null || value instanceof GoNil) {
            return "<nil>";
        }
        if (value instanceof Double d) {
            return number(d);
        }
        if (value instanceof List<?> list) {
            return spaced("[", list, "]");
        }
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof GoStruct struct) {
            return spaced("{", struct.printed().values(), "}");
        }
        return value.toString();
    }

    /// Empty values have their spaces too.
    private static String spaced(String open, Collection<?> items, String close) {
        StringBuilder s = new StringBuilder(open);
        boolean first = true;
        for (Object item : items) {
            s.append(first ? "" : " ").append(plain(item));
            first = false;
        }
        return s.append(close).toString();
    }

    private static String map(Map<?, ?> map) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            sorted.put(String.valueOf(entry.getKey()), entry.getValue());
        }
        StringBuilder s = new StringBuilder("map[");
        for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
            s.append(s.length() > 4 ? " " : "")
                    .append(entry.getKey())
                    .append(':')
                    .append(plain(entry.getValue()));
        }
        return s.append(']').toString();
    }

    /// `%v` of a float64: the shortest text that reads back, with an exponent below 1e-4 and from
    /// 1e6 on.
    static String number(double value) {
        return number(value, DIGITS);
    }

    /// @param digits from how many digits before the point an exponent is used
    static String number(double value, int digits) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        double size = Math.abs(value);
        if (size == 0 || (size >= 1e-4 && size < Math.pow(10, digits))) {
            String text = new BigDecimal(Double.toString(value)).toPlainString();
            return text.indexOf('.') < 0 ? text : strip(text);
        }
        return exponent(new BigDecimal(Double.toString(value)).stripTrailingZeros());
    }

    /// `1.5e-07`
    static String exponent(BigDecimal value) {
        String digits = value.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - value.scale();
        String text = digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "");
        String size = Integer.toString(Math.abs(exponent));
        return (value.signum() < 0 ? "-" : "")
                + text
                + "e"
                + (exponent < 0 ? "-" : "+")
                + (size.length() < 2 ? "0" : "")
                + size;
    }

    private static String strip(String text) {
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
    }

    /// `strconv.Quote`.
    static String quote(String text) {
        StringBuilder s = new StringBuilder("\"");
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '"' -> s.append("\\\"");
                case '\\' -> s.append("\\\\");
                case '\n' -> s.append("\\n");
                case '\r' -> s.append("\\r");
                case '\t' -> s.append("\\t");
                case '\b' -> s.append("\\b");
                case '\f' -> s.append("\\f");
                case 7 -> s.append("\\a");
                case 11 -> s.append("\\v");
                default -> {
                    if (c < ' ' || c == 127) {
                        s.append(c < 16 ? "\\x0" : "\\x").append(Integer.toHexString(c));
                    } else {
                        s.appendCodePoint(c);
                    }
                }
            }
        }
        return s.append('"').toString();
    }
}
