package dev.carafe.engine.logs;

import dev.carafe.engine.streams.StreamKind;
import java.io.IOException;
import java.nio.file.Path;

/// Docker's json-file log.
public final class JsonFileLog implements LogWriter {
    private JsonFileLog() {}

    public static JsonFileLog open(Path file, JsonFileOptions options) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean stores() {
        return true;
    }

    @Override
    public void reset() throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public int recover(StreamKind kind, int journalBytes) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void append(StreamKind kind, byte[] data, int from, int to, int journalBytes, boolean end)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void drained() throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public LogNotifier changes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
