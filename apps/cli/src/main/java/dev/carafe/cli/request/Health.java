package dev.carafe.cli.request;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.flags.Values;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import java.util.List;

/// `--health-*` and `--no-healthcheck`.
final class Health {
    private Health() {}

    static void apply(Parsed flags, JsonObject body) {
        JsonObject health = new JsonObject();
        if (!flags.text("health-cmd").isEmpty()) {
            health.put("Test", List.of("CMD-SHELL", flags.text("health-cmd")));
        }
        duration(flags, health, "health-interval", "Interval");
        duration(flags, health, "health-timeout", "Timeout");
        duration(flags, health, "health-start-period", "StartPeriod");
        duration(flags, health, "health-start-interval", "StartInterval");
        long retries = flags.number("health-retries");
        if (retries < 0) {
            throw new Failure(125, "--health-retries cannot be negative");
        }
        if (retries > 0) {
            health.put("Retries", retries);
        }
        if (flags.bool("no-healthcheck")) {
            if (!health.isEmpty()) {
                throw new Failure(125, "--no-healthcheck conflicts with --health-* options");
            }
            health.put("Test", List.of("NONE"));
        }
        if (!health.isEmpty()) {
            body.put("Healthcheck", health);
        }
    }

    private static void duration(Parsed flags, JsonObject health, String flag, String field) {
        String text = flags.text(flag);
        long nanos = text.isEmpty() ? 0 : Values.duration(text);
        if (nanos < 0) {
            throw new Failure(125, "--" + flag + " cannot be negative");
        }
        if (nanos > 0) {
            health.put(field, nanos);
        }
    }
}
