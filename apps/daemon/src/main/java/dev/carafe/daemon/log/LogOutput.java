package dev.carafe.daemon.log;

import dev.carafe.base.json.JsonString;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// Writes log lines: `time="..." level=info msg="..."`, or the same as JSON. Level and form can
/// change at any time. Thread-safe.
public final class LogOutput {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSXXX")
                    .withZone(ZoneOffset.UTC);

    private final PrintStream out;
    private volatile Level least = Level.INFO;
    private volatile boolean json;

    LogOutput(PrintStream out) {
        this.out = out;
    }

    /// @param level the least that is written
    public void configure(Level level, boolean json) {
        this.least = level;
        this.json = json;
    }

    /// As the options name it.
    public static @Nullable Level level(String name) {
        return switch (name) {
            case "trace" -> Level.TRACE;
            case "debug" -> Level.DEBUG;
            case "info" -> Level.INFO;
            case "warn", "warning" -> Level.WARNING;
            case "error", "fatal", "panic" -> Level.ERROR;
            default -> null;
        };
    }

    boolean writes(Level level) {
        return level != Level.OFF && level.getSeverity() >= least.getSeverity();
    }

    boolean writesDebug() {
        return writes(Level.DEBUG);
    }

    void write(Level level, String message) {
        String time = TIME.format(Instant.now());
        String line =
                json
                        ? "{\"level\":\"%s\",\"msg\":%s,\"time\":\"%s\"}"
                                .formatted(word(level), JsonString.quoted(message), time)
                        : "time=\"%s\" level=%s msg=%s"
                                .formatted(time, word(level), JsonString.quoted(message));
        out.println(line);
    }

    private static String word(Level level) {
        return switch (level) {
            case ALL, TRACE, DEBUG -> "debug";
            case INFO -> "info";
            case WARNING -> "warning";
            case ERROR, OFF -> "error";
        };
    }
}
