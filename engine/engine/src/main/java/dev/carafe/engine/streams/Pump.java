package dev.carafe.engine.streams;

import dev.carafe.engine.logs.LogWriter;
import dev.carafe.engine.logs.StreamKind;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Pipes;
import dev.carafe.runtime.JournalPipe;
import org.jspecify.annotations.Nullable;

/// Moves one stream of one run from the process to the log and to the clients. With a log every
/// byte goes through the journal: it is drained only when the log has the bytes, so a crash at any
/// point neither loses nor doubles them. Not thread-safe: the hub runs one pump at a time.
final class Pump {
    private static final int CHUNK = 1 << 16;

    /// Docker's longest record.
    private static final int LONGEST_LINE = 16 << 10;

    /// What one step found.
    enum Step {
        MORE,
        NOTHING_NOW,
        END
    }

    private final StreamKind kind;
    private final Fd source;
    private final @Nullable Journal journal;
    private final LogWriter log;
    private final Delivery delivery;
    private int delivered;
    private long moved;

    /// Where bytes go besides the log.
    @FunctionalInterface
    interface Delivery {
        void deliver(StreamKind kind, byte[] data, int from, int to);
    }

    Pump(
            StreamKind kind,
            Fd source,
            @Nullable JournalPipe journal,
            LogWriter log,
            Delivery delivery) {
        this.kind = kind;
        this.source = source;
        this.journal = journal == null || !log.keeps() ? null : new Journal(journal, source);
        this.log = log;
        this.delivery = delivery;
    }

    StreamKind kind() {
        return kind;
    }

    Fd source() {
        return source;
    }

    /// How many bytes came so far.
    long moved() {
        return moved;
    }

    /// After a crash: what the journal holds was seen by no client, and is not in the log but for
    /// its first bytes.
    ///
    /// @param logged how many of them are to be dropped
    void recover(Workbench bench, int logged) {
        if (journal == null) {
            return;
        }
        journal.recover();
        if (logged > 0) {
            journal.drain(bench, logged);
            log.commit();
        }
        take(journal, bench, false);
    }

    int journalBytes() {
        return journal == null ? 0 : journal.available();
    }

    /// Moves what is there, up to a chunk.
    Step step(Workbench bench) {
        try {
            return journal == null ? plain(bench) : journaled(journal, bench);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EIO) {
                return Step.END; // a terminal's end
            }
            throw e;
        }
    }

    private Step plain(Workbench bench) {
        int n = bench.read(source, CHUNK);
        if (n > 0) {
            moved += n;
            delivery.deliver(kind, bench.data, 0, n);
        }
        return step(n);
    }

    private static Step step(int n) {
        return n > 0 ? Step.MORE : n == 0 ? Step.NOTHING_NOW : Step.END;
    }

    private Step journaled(Journal to, Workbench bench) {
        int n = to.fill(bench, CHUNK);
        if (n == 0 && to.bytes() > 0 && Pipes.available(source) > 0) {
            // Bytes that came this moment can be taken now; else the journal has no slot left.
            n = to.fill(bench, CHUNK);
            if (n == 0) {
                take(to, bench, true);
                return Step.MORE;
            }
        }
        if (n > 0) {
            moved += n;
            take(to, bench, false);
        }
        return step(n);
    }

    /// Logs the whole lines in the journal, or all of it.
    private void take(Journal from, Workbench bench, boolean all) {
        if (from.bytes() == 0) {
            return;
        }
        int n = from.peek(bench);
        delivery.deliver(kind, bench.data, delivered, n);
        delivered = n;
        int end = all ? n : recordsEnd(bench.data, n);
        if (end == 0 && from.isFull()) {
            end = n;
        }
        for (int at = 0; at < end; ) {
            int taken = log.store(kind, bench.data, at, end, n - at);
            from.drain(bench, taken);
            log.commit();
            at += taken;
        }
        delivered -= end;
    }

    /// End of what makes whole records: whole lines, and the full parts of a very long one.
    private static int recordsEnd(byte[] data, int n) {
        int end = n;
        while (end > 0 && data[end - 1] != '\n') {
            end--;
        }
        return end + (n - end) / LONGEST_LINE * LONGEST_LINE;
    }

    /// The process is gone: a last line without its end is a record too.
    void flush(Workbench bench) {
        if (journal != null) {
            take(journal, bench, true);
        }
    }
}
