package dev.carafe.cli.flags;

import java.math.BigDecimal;
import java.util.Locale;

/// Single values as Go and Docker write them. All throw {@link BadValue} with their words.
public final class Values {
    private Values() {}

    /// `strconv.ParseBool`.
    public static boolean bool(String text) {
        switch (text) {
            case "1", "t", "T", "true", "TRUE", "True":
                return true;
            case "0", "f", "F", "false", "FALSE", "False":
                return false;
            default:
                throw new BadValue(
                        "strconv.ParseBool: parsing " + Checks.quote(text) + ": invalid syntax");
        }
    }

    /// `strconv.ParseInt` with base 0: decimal, 0x, 0o, 0b and octal with a leading 0.
    public static long int64(String text) {
        return integer("ParseInt", text, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /// `strconv.ParseUint` with base 0.
    public static long unsigned(String text, long max) {
        if (text.startsWith("-") || text.startsWith("+")) {
            throw new BadValue(
                    "strconv.ParseUint: parsing " + Checks.quote(text) + ": invalid syntax");
        }
        return integer("ParseUint", text, 0, max);
    }

    private static long integer(String function, String text, long min, long max) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String digits = signed ? text.substring(1) : text;
        int radix = radix(digits);
        String bare =
                radix == 10 ? digits : digits.substring(radix == 8 && !isLetter(digits) ? 1 : 2);
        if (bare.isEmpty() || !allDigits(bare, radix)) {
            throw new BadValue(
                    "strconv." + function + ": parsing " + Checks.quote(text) + ": invalid syntax");
        }
        try {
            long value = Long.parseLong((text.startsWith("-") ? "-" : "") + bare, radix);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // too long for 64 bits: told below
        }
        throw new BadValue(
                "strconv." + function + ": parsing " + Checks.quote(text) + ": value out of range");
    }

    private static boolean isLetter(String digits) {
        return Character.isLetter(digits.charAt(1));
    }

    private static int radix(String digits) {
        if (digits.length() < 2 || digits.charAt(0) != '0') {
            return 10;
        }
        switch (Character.toLowerCase(digits.charAt(1))) {
            case 'x':
                return 16;
            case 'b':
                return 2;
            default:
                return 8;
        }
    }

    private static boolean allDigits(String text, int radix) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), radix) < 0) {
                return false;
            }
        }
        return true;
    }

    /// `512`, `64k`, `1.5g`, `10MB`, `1GiB`: powers of 1024 whatever the spelling.
    public static long bytes(String text) {
        int split = text.length();
        while (split > 0 && "0123456789. ".indexOf(text.charAt(split - 1)) < 0) {
            split--;
        }
        String number = text.substring(0, split).trim();
        String unit = text.substring(split).toLowerCase(Locale.ROOT);
        double value;
        try {
            value = split == 0 ? -1 : Double.parseDouble(number);
        } catch (NumberFormatException e) {
            value = -1;
        }
        if (value < 0) {
            throw new BadValue("invalid size: '" + text + "'");
        }
        return (long) (value * unitFactor(unit));
    }

    private static long unitFactor(String unit) {
        if (unit.isEmpty() || unit.equals("b")) {
            return 1;
        }
        int power = "kmgtp".indexOf(unit.charAt(0)) + 1;
        String rest = unit.substring(1);
        if (power == 0 || !(rest.isEmpty() || rest.equals("b") || rest.equals("ib"))) {
            throw new BadValue("invalid suffix: '" + unit + "'");
        }
        return 1L << (10 * power);
    }

    /// As {@link #bytes}, and -1 for no limit.
    public static long swapBytes(String text) {
        return text.equals("-1") ? -1 : bytes(text);
    }

    /// `1.5` CPUs in billionths; also `3/2`.
    public static long nanoCpus(String text) {
        try {
            int slash = text.indexOf('/');
            BigDecimal cpus =
                    slash < 0
                            ? new BigDecimal(text)
                            : new BigDecimal(text.substring(0, slash))
                                    .divide(new BigDecimal(text.substring(slash + 1)));
            BigDecimal nanos = cpus.movePointRight(9);
            if (nanos.signum() != 0 && nanos.stripTrailingZeros().scale() > 0) {
                throw new BadValue("value is too precise");
            }
            return nanos.longValue();
        } catch (ArithmeticException e) {
            throw new BadValue("value is too precise");
        } catch (NumberFormatException e) {
            throw new BadValue("failed to parse " + text + " as a rational number");
        }
    }

    /// `time.ParseDuration`, in nanoseconds: `1h30m`, `1.5s`, `-3ms`.
    public static long duration(String text) {
        boolean negative = text.startsWith("-");
        String s = negative || text.startsWith("+") ? text.substring(1) : text;
        if (s.equals("0")) {
            return 0;
        }
        if (s.isEmpty()) {
            throw new BadValue("time: invalid duration " + Checks.quote(text));
        }
        double nanos = 0;
        int at = 0;
        while (at < s.length()) {
            int number = at;
            while (at < s.length() && (Character.isDigit(s.charAt(at)) || s.charAt(at) == '.')) {
                at++;
            }
            int unit = at;
            while (at < s.length() && !Character.isDigit(s.charAt(at)) && s.charAt(at) != '.') {
                at++;
            }
            nanos +=
                    amount(text, s.substring(number, unit))
                            * unitNanos(text, s.substring(unit, at));
        }
        return (long) (negative ? -nanos : nanos);
    }

    private static double amount(String whole, String number) {
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException e) {
            throw new BadValue("time: invalid duration " + Checks.quote(whole));
        }
    }

    private static double unitNanos(String whole, String unit) {
        switch (unit) {
            case "":
                throw new BadValue("time: missing unit in duration " + Checks.quote(whole));
            case "ns":
                return 1;
            case "us", "µs", "μs":
                return 1e3;
            case "ms":
                return 1e6;
            case "s":
                return 1e9;
            case "m":
                return 60e9;
            case "h":
                return 3600e9;
            default:
                throw new BadValue(
                        "time: unknown unit "
                                + Checks.quote(unit)
                                + " in duration "
                                + Checks.quote(whole));
        }
    }
}
