package dev.carafe.dockerapi.routes;

import dev.carafe.engine.logs.LogQuery;
import dev.carafe.engine.logs.LogRecord;
import dev.carafe.engine.logs.LogSink;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes log records to a client, one frame each, with times and details before each line when
/// asked for. Gathers them: a write for each would cost more than all else.
final class LogWriter implements LogSink {
    private static final int BUFFER_BYTES = 64 << 10;

    /// With the space behind it.
    private static final int TIME = 31;

    private static final byte[] NONE = new byte[0];

    private final OutputStream out;
    private final boolean raw;
    private final LogQuery query;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int used;

    LogWriter(OutputStream out, boolean tty, LogQuery query) {
        this.out = out;
        this.raw = tty;
        this.query = query;
    }

    @Override
    public void accept(LogRecord record) throws IOException {
        byte[] details = query.details() ? details(record) : NONE;
        int time = query.timestamps() ? TIME : 0;
        int length = time + details.length + record.length();
        reserve(Frames.HEAD + time);
        if (!raw) {
            Frames.head(record.stream(), length, buffer, used);
            used += Frames.HEAD;
        }
        if (time > 0) {
            record.putTime(buffer, used);
            used += TIME;
            buffer[used - 1] = ' ';
        }
        put(details, 0, details.length);
        put(record.array(), record.offset(), record.length());
    }

    private void reserve(int bytes) throws IOException {
        if (buffer.length - used < bytes) {
            send();
        }
    }

    private void put(byte[] bytes, int offset, int length) throws IOException {
        reserve(length);
        if (length > buffer.length) {
            out.write(bytes, offset, length);
            return;
        }
        System.arraycopy(bytes, offset, buffer, used, length);
        used += length;
    }

    private void send() throws IOException {
        if (used > 0) {
            out.write(buffer, 0, used);
            used = 0;
        }
    }

    private static byte[] details(LogRecord record) {
        return new TreeMap<>(record.attributes())
                .entrySet().stream()
                        .map(e -> escape(e.getKey()) + "=" + escape(e.getValue()))
                        .collect(Collectors.joining(",", "", " "))
                        .getBytes(StandardCharsets.UTF_8);
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Sends what there is; the first time also the answer's head.
    @Override
    public void idle() throws IOException {
        send();
        out.flush();
    }
}
