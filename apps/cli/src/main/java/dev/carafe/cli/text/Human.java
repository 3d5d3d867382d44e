package dev.carafe.cli.text;

import java.util.Locale;

/// Ages and sizes for people.
public final class Human {
    private static final String[] DECIMAL = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Human() {}

    /// `5 minutes`, `About an hour`, `3 weeks`.
    public static String duration(long seconds) {
        if (seconds < 1) {
            return "Less than a second";
        }
        if (seconds < 60) {
            return seconds == 1 ? "1 second" : seconds + " seconds";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes == 1 ? "About a minute" : minutes + " minutes";
        }
        long hours = (seconds + 1800) / 3600;
        if (hours == 1) {
            return "About an hour";
        }
        if (hours < 48) {
            return hours + " hours";
        }
        if (hours < 24 * 7 * 2) {
            return hours / 24 + " days";
        }
        if (hours < 24 * 30 * 2) {
            return hours / 24 / 7 + " weeks";
        }
        return hours < 24 * 365 * 2
                ? hours / 24 / 30 + " months"
                : seconds / 3600 / 24 / 365 + " years";
    }

    /// `5 minutes ago`.
    public static String ago(long thenSeconds, long nowSeconds) {
        return duration(nowSeconds - thenSeconds) + " ago";
    }

    /// Powers of 1000, three significant digits: `12.3kB`.
    public static String size(long bytes) {
        return scaled(bytes, 1000, DECIMAL, 3);
    }

    /// Powers of 1000, four significant digits, as `info` and progress show them.
    public static String size4(long bytes) {
        return scaled(bytes, 1000, DECIMAL, 4);
    }

    /// Powers of 1024, four significant digits: `1.944GiB`.
    public static String binarySize(long bytes) {
        return scaled(bytes, 1024, BINARY, 4);
    }

    private static String scaled(long bytes, int base, String[] units, int digits) {
        double value = bytes;
        int unit = 0;
        while (value >= base && unit < units.length - 1) {
            value /= base;
            unit++;
        }
        return significant(value, digits) + units[unit];
    }

    /// C's `%.Ng` for values from 0 to below 10000.
    static String significant(double value, int digits) {
        int whole = 1;
        for (double v = value; v >= 10; v /= 10) {
            whole++;
        }
        int decimals = Math.max(0, digits - whole);
        if (value > 0 && value < 1) {
            for (double v = value; v < 0.1; v *= 10) {
                decimals++;
            }
        }
        long factor = 1;
        for (int i = 0; i < decimals; i++) {
            factor *= 10;
        }
        long scaled = Math.round(value * factor);
        long fraction = scaled % factor;
        if (fraction == 0) {
            return Long.toString(scaled / factor);
        }
        StringBuilder text = new StringBuilder(Long.toString(fraction));
        while (text.length() < decimals) {
            text.insert(0, '0');
        }
        while (text.charAt(text.length() - 1) == '0') {
            text.setLength(text.length() - 1);
        }
        return scaled / factor + "." + text;
    }

    /// At most `width` characters, the last of them `…` when something was cut.
    public static String shorten(String text, int width) {
        return text.codePointCount(0, text.length()) <= width
                ? text
                : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
    }

    /// The first 12 digits of an id, without `sha256:`.
    public static String shortId(String id) {
        int colon = id.indexOf(':');
        String digits = colon < 0 ? id : id.substring(colon + 1);
        return digits.length() > 12 ? digits.substring(0, 12) : digits;
    }

    /// Go's `strconv.Quote` for printable text.
    public static String quote(String text) {
        StringBuilder s = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> s.append("\\\"");
                case '\\' -> s.append("\\\\");
                case '\n' -> s.append("\\n");
                case '\r' -> s.append("\\r");
                case '\t' -> s.append("\\t");
                default -> {
                    if (c < ' ' || c == 127) {
                        s.append(c < 16 ? "\\x0" : "\\x").append(Integer.toHexString(c));
                    } else {
                        s.append(c);
                    }
                }
            }
        }
        return s.append('"').toString();
    }

    /// The first letter of each word in upper case, for headers.
    public static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}
