package dev.carafe.build.dockerfile;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.words.GoDuration;
import dev.carafe.build.words.Lexer;
import dev.carafe.oci.RunConfig.Healthcheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// HEALTHCHECK.
final class HealthReader {
    private static final long MIN_NANOS = 1_000_000;
    private static final Map<String, Flags.Kind> FLAGS =
            Map.of(
                    "interval",
                    Flags.Kind.ONE,
                    "timeout",
                    Flags.Kind.ONE,
                    "start-period",
                    Flags.Kind.ONE,
                    "start-interval",
                    Flags.Kind.ONE,
                    "retries",
                    Flags.Kind.ONE);

    private HealthReader() {}

    static Instruction read(Arguments arguments) {
        String[] words = arguments.atLeastOne().split("\\s+", 2);
        String type = words[0].toUpperCase(Locale.ROOT);
        String rest = words.length < 2 ? "" : words[1];
        if (type.equals("NONE")) {
            if (!rest.isEmpty()) {
                throw new InvalidArgument("HEALTHCHECK NONE takes no arguments");
            }
            return new Instruction.HealthCheck(
                    arguments.source(), new Healthcheck(List.of("NONE"), 0, 0, 0, 0, 0));
        }
        Flags flags = arguments.flags(FLAGS);
        if (!type.equals("CMD")) {
            throw new InvalidArgument(
                    "Unknown type " + Lexer.quoted(type) + " in HEALTHCHECK (try CMD)");
        }
        return new Instruction.HealthCheck(
                arguments.source(),
                new Healthcheck(
                        test(arguments, rest),
                        nanos(flags, "interval"),
                        nanos(flags, "timeout"),
                        nanos(flags, "start-period"),
                        nanos(flags, "start-interval"),
                        retries(flags.one("retries"))));
    }

    private static List<String> test(Arguments arguments, String rest) {
        CommandLine command = arguments.commandLine(rest);
        if (command.words().isEmpty()) {
            throw new InvalidArgument("Missing command after HEALTHCHECK CMD");
        }
        List<String> test = new ArrayList<>();
        test.add(command.shell() ? "CMD-SHELL" : "CMD");
        test.addAll(command.words());
        return test;
    }

    private static long nanos(Flags flags, String name) {
        String text = flags.one(name);
        long nanos = text == null ? 0 : GoDuration.nanos(text);
        if (nanos != 0 && nanos < MIN_NANOS) {
            throw new InvalidArgument(
                    "Interval " + Lexer.quoted(name) + " cannot be less than 1ms");
        }
        return nanos;
    }

    private static int retries(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        try {
            int retries = Integer.parseInt(text);
            if (retries < 0) {
                throw new InvalidArgument("--retries cannot be negative (" + retries + ")");
            }
            return retries;
        } catch (NumberFormatException e) {
            throw new InvalidArgument(
                    "strconv.ParseInt: parsing " + Lexer.quoted(text) + ": invalid syntax");
        }
    }
}
