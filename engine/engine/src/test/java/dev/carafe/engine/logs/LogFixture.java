package dev.carafe.engine.logs;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A log on disk, written and read as the engine does it, without a process.
final class LogFixture implements AutoCloseable {
    private static final Spares<JsonLines> ENCODERS = JsonFileLog.encoders();
    final Path file;
    private final LogFileOptions options;
    JsonFileLog log;

    LogFixture(Path folder, LogFileOptions options) {
        this.file = folder.resolve("c-json.log");
        this.options = options;
        this.log = JsonFileLog.open(file, options, ENCODERS);
    }

    static LogFixture unbounded(Path folder) {
        return new LogFixture(folder, new LogFileOptions(-1, 1, false, ""));
    }

    void write(StreamKind stream, byte[] data) {
        for (int at = 0; at < data.length; ) {
            at += log.store(stream, data, at, data.length, data.length - at);
            log.commit();
        }
    }

    void write(String text) {
        write(StreamKind.STDOUT, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Lines `from` to `to - 1`, each its number.
    void numbers(int from, int to) {
        for (int i = from; i < to; i++) {
            write(i + "\n");
        }
    }

    static List<String> numbered(int from, int to) {
        List<String> lines = new ArrayList<>();
        for (int i = from; i < to; i++) {
            lines.add(i + "\n");
        }
        return lines;
    }

    List<LogRecord> records(LogQuery query) {
        List<LogRecord> records = new ArrayList<>();
        log.read(query, r -> records.add(r.copy()), () -> false);
        return records;
    }

    List<String> lines(LogQuery query) {
        return records(query).stream().map(LogFixture::text).toList();
    }

    static String text(LogRecord record) {
        return new String(record.line(), StandardCharsets.UTF_8);
    }

    /// As a new engine does.
    void reopen() {
        log.close();
        log = JsonFileLog.open(file, options, ENCODERS);
    }

    @Override
    public void close() {
        log.close();
    }
}
