package dev.carafe.engine.logs;

import dev.carafe.engine.streams.StreamKind;

/// Stores nothing.
enum NoLog implements LogWriter {
    INSTANCE;

    @Override
    public boolean stores() {
        return false;
    }

    @Override
    public void reset() {}

    @Override
    public int recover(StreamKind kind, int journalBytes) {
        return journalBytes;
    }

    @Override
    public void append(StreamKind kind, byte[] data, int from, int to, int journalBytes, boolean end) {}

    @Override
    public void drained() {}

    /// Nobody follows what is not stored: a notifier of the caller's own.
    @Override
    public LogNotifier changes() {
        return new LogNotifier();
    }

    @Override
    public void close() {}
}
