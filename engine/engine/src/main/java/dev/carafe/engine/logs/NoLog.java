package dev.carafe.engine.logs;

import java.time.Duration;

/// Keeps nothing.
enum NoLog implements LogWriter {
    INSTANCE;

    @Override
    public boolean keeps() {
        return false;
    }

    @Override
    public void begin(StreamKind stream, int journalBytes, int chunkBytes) {}

    @Override
    public void write(StreamKind stream, byte[] data, int from, int to) {}

    @Override
    public void commit() {}

    @Override
    public void recover(int outBytes, int errBytes) {}

    @Override
    public long sequence() {
        return 0;
    }

    @Override
    public void await(long seen, Duration limit) throws InterruptedException {
        Thread.sleep(limit);
    }

    @Override
    public void signal() {}

    @Override
    public void close() {}
}
