package dev.carafe.daemon.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/// One class's logger.
final class DaemonLogger implements System.Logger {
    private final String name;
    private final LogOutput output;

    DaemonLogger(String name, LogOutput output) {
        this.name = name;
        this.output = output;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isLoggable(Level level) {
        // the JDK's own classes tell at debug what is no news (each System.exit with a stack trace)
        boolean ours = name.startsWith("dev.carafe.");
        return output.writes(level) && (ours || level.getSeverity() >= Level.INFO.getSeverity());
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String msg,
            @Nullable Throwable thrown) {
        if (!isLoggable(level)) {
            return;
        }
        String text = msg == null ? "" : msg;
        if (thrown != null) {
            text +=
                    output.writesDebug()
                            ? "\n" + trace(thrown)
                            : text.contains(String.valueOf(thrown.getMessage()))
                                    ? ""
                                    : ": " + thrown;
        }
        output.write(level, text);
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String format,
            @Nullable Object... params) {
        if (isLoggable(level)) {
            String text = format == null ? "" : format;
            output.write(
                    level,
                    params == null || params.length == 0
                            ? text
                            : MessageFormat.format(text, params));
        }
    }

    private static String trace(Throwable thrown) {
        StringWriter out = new StringWriter();
        thrown.printStackTrace(new PrintWriter(out));
        return out.toString();
    }
}
