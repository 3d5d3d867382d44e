package dev.carafe.engine.logs;

import dev.carafe.base.NotImplemented;
import dev.carafe.base.Subject;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// A log that is kept here, for reading and for what comes in between, and sent to a service
/// outside.
final class ShippedLog implements LogWriter {
    private final LogWriter kept;
    private final Shipper shipper;
    private final boolean readable;

    /// @param readable false: who wants to read it must ask the service
    ShippedLog(LogWriter kept, Shipper shipper, boolean readable) {
        this.kept = kept;
        this.shipper = shipper;
        this.readable = readable;
    }

    @Override
    public boolean keeps() {
        return true;
    }

    @Override
    public void begin() {
        kept.begin();
        shipper.start(true);
    }

    @Override
    public int store(StreamKind stream, byte[] data, int from, int to, int journalBytes) {
        return kept.store(stream, data, from, to, journalBytes);
    }

    @Override
    public void commit() {
        kept.commit();
    }

    @Override
    public Drained recover(int outBytes, int errBytes) {
        Drained drained = kept.recover(outBytes, errBytes);
        shipper.start(true);
        return drained;
    }

    @Override
    public void finishOld() {
        shipper.start(false);
    }

    @Override
    public void read(LogQuery query, LogSink sink, BooleanSupplier live) {
        if (!readable) {
            throw new NotImplemented(
                    Subject.NONE, "configured logging driver does not support reading");
        }
        kept.read(query, sink, live);
    }

    @Override
    public long sequence() {
        return kept.sequence();
    }

    @Override
    public void await(long seen, Duration limit) throws InterruptedException {
        kept.await(seen, limit);
    }

    @Override
    public void signal() {
        shipper.ended();
        kept.signal();
    }

    @Override
    public void close() {
        shipper.close();
        kept.close();
    }
}
