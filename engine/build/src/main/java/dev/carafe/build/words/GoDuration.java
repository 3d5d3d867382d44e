package dev.carafe.build.words;

import dev.carafe.base.InvalidArgument;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Go's durations: `1m30s`, `500ms`, `-1.5h`.
public final class GoDuration {
    private static final Pattern PIECE =
            Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
    private static final Map<String, Long> NANOS =
            Map.of(
                    "ns", 1L,
                    "us", 1_000L,
                    "µs", 1_000L,
                    "μs", 1_000L,
                    "ms", 1_000_000L,
                    "s", 1_000_000_000L,
                    "m", 60_000_000_000L,
                    "h", 3_600_000_000_000L);

    private GoDuration() {}

    /// @throws InvalidArgument `time: invalid duration "..."`, or that the unit is missing
    public static long nanos(String text) {
        boolean negative = text.startsWith("-");
        String rest = negative || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return 0;
        }
        BigDecimal sum = BigDecimal.ZERO;
        int at = 0;
        Matcher piece = PIECE.matcher(rest);
        while (piece.find() && piece.start() == at) {
            Long unit = NANOS.get(piece.group(2));
            sum =
                    sum.add(
                            new BigDecimal(
                                            piece.group(1).endsWith(".")
                                                    ? piece.group(1) + "0"
                                                    : piece.group(1))
                                    .multiply(BigDecimal.valueOf(unit == null ? 0 : unit)));
            at = piece.end();
        }
        BigInteger nanos = sum.toBigInteger();
        if (at != rest.length() || at == 0 || nanos.bitLength() > 62) {
            boolean noUnit = rest.matches("\\d+(\\.\\d+)?");
            throw new InvalidArgument(
                    "time: "
                            + (noUnit ? "missing unit in duration " : "invalid duration ")
                            + Lexer.quoted(text));
        }
        return negative ? -nanos.longValue() : nanos.longValue();
    }
}
