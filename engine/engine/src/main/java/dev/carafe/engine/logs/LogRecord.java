package dev.carafe.engine.logs;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/// One line of a container's output, or a part of a very long one. It looks into the reader's
/// buffer: valid only while the sink has it.
public final class LogRecord {
    private final byte[] data;
    private final int from;
    private final int to;
    private final StreamKind stream;
    private final int timeFrom;
    private final int timeTo;
    private final Map<String, String> attributes;

    LogRecord(
            byte[] data,
            int from,
            int to,
            StreamKind stream,
            int timeFrom,
            int timeTo,
            Map<String, String> attributes) {
        this.data = data;
        this.from = from;
        this.to = to;
        this.stream = stream;
        this.timeFrom = timeFrom;
        this.timeTo = timeTo;
        this.attributes = attributes;
    }

    /// One that may be kept.
    public LogRecord copy() {
        byte[] own = new byte[length() + timeTo - timeFrom];
        System.arraycopy(data, from, own, 0, length());
        System.arraycopy(data, timeFrom, own, length(), timeTo - timeFrom);
        return new LogRecord(own, 0, length(), stream, length(), own.length, attributes);
    }

    public StreamKind stream() {
        return stream;
    }

    public Instant time() {
        return Timestamps.instant(nanos());
    }

    /// Its time in nanoseconds since 1970.
    public long nanos() {
        return Timestamps.parse(data, timeFrom, timeTo);
    }

    /// Writes its time with all nine digits of the fraction, 30 bytes.
    public void putTime(byte[] out, int at) {
        int length = timeTo - 1 - timeFrom;
        System.arraycopy(data, timeFrom, out, at, length);
        Arrays.fill(out, at + length, at + 29, (byte) '0');
        out[at + 19] = '.';
        out[at + 29] = 'Z';
    }

    /// As the process wrote it, with its newline if it had one: a copy.
    public byte[] line() {
        return Arrays.copyOfRange(data, from, to);
    }

    /// The line is in here, from {@link #offset}, {@link #length} bytes.
    public byte[] array() {
        return data;
    }

    public int offset() {
        return from;
    }

    public int length() {
        return to - from;
    }

    /// Those that the log driver was asked to keep (`labels`, `env`, `tag` options).
    public Map<String, String> attributes() {
        return attributes;
    }
}
