package dev.carafe.engine.logs;

import dev.carafe.base.NotImplemented;
import dev.carafe.base.Subject;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Keeps nothing.
enum NoLog implements LogWriter {
    INSTANCE;

    @Override
    public boolean keeps() {
        return false;
    }

    @Override
    public void begin() {}

    @Override
    public int store(StreamKind stream, byte[] data, int from, int to, int journalBytes) {
        return to - from;
    }

    @Override
    public void commit() {}

    @Override
    public Drained recover(int outBytes, int errBytes) {
        return Drained.NOTHING;
    }

    @Override
    public void read(LogQuery query, LogSink sink, BooleanSupplier live) {
        throw new NotImplemented(
                Subject.NONE, "configured logging driver does not support reading");
    }

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
