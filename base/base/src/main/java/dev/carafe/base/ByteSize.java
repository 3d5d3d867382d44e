package dev.carafe.base;

import java.util.Locale;

/// A number of bytes.
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    public static final ByteSize ZERO = new ByteSize(0);

    /// Reads `512`, `64k`, `1.5g`, `10MB`, `1GiB`; units are powers of 1024 whatever their
    /// spelling, as docker's `--memory`.
    ///
    /// @throws InvalidArgument when the text is no size
    public static ByteSize parse(String text) {
        return parse(text, 1024);
    }

    /// As {@link #parse} with powers of 1000, as `docker run --log-opt max-size`.
    ///
    /// @throws InvalidArgument when the text is no size
    public static ByteSize parseDecimal(String text) {
        return parse(text, 1000);
    }

    private static ByteSize parse(String text, int base) {
        String s = text.strip().toLowerCase(Locale.ROOT);
        int end = 0;
        while (end < s.length() && (Character.isDigit(s.charAt(end)) || s.charAt(end) == '.')) {
            end++;
        }
        String unit = s.substring(end).strip();
        unit = unit.endsWith("ib") ? unit.substring(0, unit.length() - 2) : unit;
        unit =
                unit.length() > 1 && unit.endsWith("b")
                        ? unit.substring(0, unit.length() - 1)
                        : unit;
        int power = unit.equals("b") || unit.isEmpty() ? 0 : "kmgtp".indexOf(unit) + 1;
        if (end == 0 || unit.length() > 1 || (power == 0 && !unit.isEmpty() && !unit.equals("b"))) {
            throw new InvalidArgument("invalid size: '" + text + "'");
        }
        try {
            return new ByteSize(
                    (long) (Double.parseDouble(s.substring(0, end)) * Math.pow(base, power)));
        } catch (NumberFormatException e) {
            throw new InvalidArgument(Subject.NONE, "invalid size: '" + text + "'", e);
        }
    }

    /// Docker's decimal notation with three significant digits: `0B`, `12.3kB`, `1.24MB`.
    public String decimal() {
        return scaled(1000, new String[] {"B", "kB", "MB", "GB", "TB", "PB"}, 3);
    }

    /// Binary notation with four significant digits, as `docker stats` shows memory: `1.944GiB`.
    public String binary() {
        return scaled(1024, new String[] {"B", "KiB", "MiB", "GiB", "TiB", "PiB"}, 4);
    }

    private String scaled(int base, String[] units, int digits) {
        double value = bytes;
        int unit = 0;
        while (value >= base && unit < units.length - 1) {
            value /= base;
            unit++;
        }
        return significant(value, digits) + units[unit];
    }

    /// As C's `%.Ng`: at most N significant digits, no trailing zeros.
    private static String significant(double value, int digits) {
        int whole = Math.max(1, Long.toString((long) value).length());
        String text = String.format(Locale.ROOT, "%." + Math.max(0, digits - whole) + "f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return decimal();
    }
}
