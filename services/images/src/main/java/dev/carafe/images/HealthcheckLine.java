package dev.carafe.images;

import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.RunConfig.Healthcheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The arguments of a HEALTHCHECK instruction: `NONE`, or `[--interval=30s ...] CMD ...`.
final class HealthcheckLine {
    private static final Pattern OPTION = Pattern.compile("--([a-z-]+)=(\\S+)\\s+");
    private static final Pattern PIECE = Pattern.compile("(\\d+(?:\\.\\d+)?)(h|ms|m|s|us|ns)");
    private static final Map<String, Long> NANOS =
            Map.of(
                    "h",
                    3_600_000_000_000L,
                    "m",
                    60_000_000_000L,
                    "s",
                    1_000_000_000L,
                    "ms",
                    1_000_000L,
                    "us",
                    1_000L,
                    "ns",
                    1L);

    private HealthcheckLine() {}

    /// How an instruction reads its command, array or shell form.
    interface CommandForm {
        List<String> read(String text);
    }

    static Healthcheck parse(String line, CommandForm form) {
        Map<String, String> options = new HashMap<>();
        String rest = line;
        for (Matcher option = OPTION.matcher(rest);
                option.lookingAt();
                option = OPTION.matcher(rest)) {
            options.put(option.group(1), option.group(2));
            rest = rest.substring(option.end());
        }
        String[] parts = rest.split("\\s+", 2);
        String type = parts[0].toUpperCase(Locale.ROOT);
        if (type.equals("NONE")) {
            return new Healthcheck(List.of("NONE"), 0, 0, 0, 0, 0);
        }
        if (!type.equals("CMD")) {
            throw new InvalidArgument("Unknown type \"" + parts[0] + "\" in HEALTHCHECK (try CMD)");
        }
        if (parts.length < 2) {
            throw new InvalidArgument("Missing command after HEALTHCHECK CMD");
        }
        return new Healthcheck(
                test(parts[1], form),
                nanos(options, "interval"),
                nanos(options, "timeout"),
                nanos(options, "start-period"),
                nanos(options, "start-interval"),
                retries(options.getOrDefault("retries", "0")));
    }

    private static List<String> test(String command, CommandForm form) {
        if (!command.startsWith("[")) {
            return List.of("CMD-SHELL", command);
        }
        List<String> test = new ArrayList<>(List.of("CMD"));
        test.addAll(form.read(command));
        return test;
    }

    private static int retries(String digits) {
        if (!digits.matches("\\d{1,9}")) {
            throw new InvalidArgument("--retries must be a number: " + digits);
        }
        return Integer.parseInt(digits);
    }

    /// Go's durations: `1m30s`, `500ms`.
    private static long nanos(Map<String, String> options, String name) {
        String text = options.getOrDefault(name, "0s");
        double nanos = 0;
        int at = 0;
        for (Matcher piece = PIECE.matcher(text);
                piece.find() && piece.start() == at;
                at = piece.end()) {
            nanos += Double.parseDouble(piece.group(1)) * NANOS.getOrDefault(piece.group(2), 0L);
        }
        if (at != text.length()) {
            throw new InvalidArgument("time: invalid duration \"" + text + "\"");
        }
        return (long) nanos;
    }
}
