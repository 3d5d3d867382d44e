package dev.carafe.dockerapi.routes;

import dev.carafe.dockerapi.wire.Times;
import dev.carafe.engine.logs.LogQuery;
import dev.carafe.engine.logs.LogRecord;
import dev.carafe.engine.logs.LogSink;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes log records to a client, with times and details before each line when asked for.
final class LogWriter implements LogSink {
    private final LazyOutput out;
    private final Frames frames;
    private final LogQuery query;

    LogWriter(LazyOutput out, boolean tty, LogQuery query) {
        this.out = out;
        this.frames = new Frames(out, tty);
        this.query = query;
    }

    @Override
    public void accept(LogRecord record) throws IOException {
        String before =
                (query.timestamps() ? Times.fixed(record.time()) + " " : "") + details(record);
        byte[] prefix = before.getBytes(StandardCharsets.UTF_8);
        byte[] line = new byte[prefix.length + record.line().length];
        System.arraycopy(prefix, 0, line, 0, prefix.length);
        System.arraycopy(record.line(), 0, line, prefix.length, record.line().length);
        frames.write(record.stream(), line, 0, line.length);
    }

    private String details(LogRecord record) {
        if (!query.details()) {
            return "";
        }
        return new TreeMap<>(record.attributes())
                .entrySet().stream()
                        .map(e -> escape(e.getKey()) + "=" + escape(e.getValue()))
                        .collect(Collectors.joining(",", "", " "));
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Sends what there is; the first time also the answer's head.
    @Override
    public void idle() throws IOException {
        out.flush();
    }
}
