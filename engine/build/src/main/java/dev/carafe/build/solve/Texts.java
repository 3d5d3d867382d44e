package dev.carafe.build.solve;

import dev.carafe.build.words.Lexer;
import dev.carafe.oci.RunConfig.Healthcheck;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The parts of what builders write into an image's history.
final class Texts {
    private static final long SECOND = 1_000_000_000L;

    private Texts() {}

    /// An instruction that ran no command.
    static String nop(List<String> shell, String text) {
        return String.join(" ", shell) + " #(nop)  " + text;
    }

    /// The same for COPY, ADD and WORKDIR, which stand one space nearer.
    static String nopNear(List<String> shell, String text) {
        return String.join(" ", shell) + " #(nop) " + text;
    }

    /// `["a" "b"]`, as Go shows a list of strings quoted.
    static String quoted(List<String> words) {
        return words.stream().map(Lexer::quoted).collect(Collectors.joining(" ", "[", "]"));
    }

    static String plain(List<String> words) {
        return "[" + String.join(" ", words) + "]";
    }

    /// As Go's `%q` shows the structure.
    static String health(Healthcheck check) {
        return "&{"
                + quoted(check.test() == null ? List.of() : check.test())
                + " "
                + Stream.of(
                                check.interval(),
                                check.timeout(),
                                check.startPeriod(),
                                check.startInterval())
                        .map(nanos -> Lexer.quoted(duration(nanos)))
                        .collect(Collectors.joining(" "))
                + " "
                + character(check.retries())
                + "}";
    }

    /// As Go's `%+v` shows it.
    static String healthFields(Healthcheck check) {
        return "{Test:"
                + plain(check.test() == null ? List.of() : check.test())
                + " Interval:"
                + duration(check.interval())
                + " Timeout:"
                + duration(check.timeout())
                + " StartPeriod:"
                + duration(check.startPeriod())
                + " StartInterval:"
                + duration(check.startInterval())
                + " Retries:"
                + check.retries()
                + "}";
    }

    /// As Go's `%q` shows a number: the character that it is the code of.
    static String character(int code) {
        String named = "\u0007a\bb\tt\nn\u000bv\ff\rr\\\\''";
        int at = named.indexOf(code);
        if (at >= 0 && at % 2 == 0) {
            return "'\\" + named.charAt(at + 1) + "'";
        }
        return code < ' ' || code == 0x7f
                ? String.format("'\\x%02x'", code)
                : "'" + Character.toString(code) + "'";
    }

    /// As Go shows a duration: `1m30s`, `500ms`, `0s`.
    static String duration(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        if (nanos < SECOND) {
            return nanos < 1_000_000
                    ? decimal(nanos, 1_000) + "µs"
                    : decimal(nanos, 1_000_000) + "ms";
        }
        long minutes = nanos / (60 * SECOND);
        String seconds = decimal(nanos % (60 * SECOND), SECOND) + "s";
        if (minutes == 0) {
            return seconds;
        }
        return (minutes >= 60 ? minutes / 60 + "h" : "") + minutes % 60 + "m" + seconds;
    }

    private static String decimal(long value, long unit) {
        return BigDecimal.valueOf(value)
                .divide(BigDecimal.valueOf(unit))
                .stripTrailingZeros()
                .toPlainString();
    }
}
