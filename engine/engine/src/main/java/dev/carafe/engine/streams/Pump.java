package dev.carafe.engine.streams;

import dev.carafe.engine.logs.LogWriter;
import dev.carafe.engine.logs.StreamKind;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Pipes;
import dev.carafe.runtime.JournalPipe;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Moves one stream of one run from the process to the log and to the clients. With a log every
/// byte goes through the journal, a pipe that the monitor keeps open: it is drained only when the
/// log has the bytes, so a crash at any point neither loses nor doubles them. Not thread-safe: the
/// hub runs one pump at a time.
final class Pump {
    private static final int CHUNK = 1 << 16;

    /// Docker's longest record.
    private static final int LONGEST_LINE = 16 << 10;

    /// Each splice may take a slot of the journal's 16: a line that comes in small pieces must not
    /// fill them.
    private static final int MOST_PIECES = 10;

    /// What one step found.
    enum Step {
        MORE,
        NOTHING_NOW,
        END
    }

    private final StreamKind kind;
    private final Fd source;
    private final @Nullable JournalPipe journal;
    private final LogWriter log;
    private final Delivery delivery;
    private byte[] data = new byte[CHUNK * 2];
    private int inJournal;
    private int delivered;
    private int pieces;
    private boolean spliceWorks = true;

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
        this.journal = log.keeps() ? journal : null;
        this.log = log;
        this.delivery = delivery;
    }

    StreamKind kind() {
        return kind;
    }

    Fd source() {
        return source;
    }

    /// After a crash: what the journal holds is not in the log (the log has been put right), and
    /// was seen by no client.
    void recover(Scratch scratch) {
        if (journal == null) {
            return;
        }
        inJournal = Pipes.available(journal.read());
        // How many slots these bytes take is not known. Should there be none left, the next step
        // sees it.
        pieces = 1;
        if (inJournal > 0) {
            take(scratch, false);
        }
    }

    int journalBytes() {
        return journal == null ? 0 : Pipes.available(journal.read());
    }

    /// Moves what is there, up to a chunk.
    ///
    /// @param scratch null when there is no log
    Step step(@Nullable Scratch scratch) {
        try {
            return journal == null || scratch == null ? plain() : journaled(journal, scratch);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EIO) {
                return Step.END; // a terminal's end
            }
            throw e;
        }
    }

    private Step plain() {
        int n = Pipes.read(source, data, 0, CHUNK);
        if (n > 0) {
            delivery.deliver(kind, data, 0, n);
        }
        return n > 0 ? Step.MORE : n == 0 ? Step.NOTHING_NOW : Step.END;
    }

    private Step journaled(JournalPipe pipe, Scratch scratch) {
        int n = fill(pipe);
        if (n == 0 && inJournal > 0 && Pipes.available(source) > 0) {
            // Bytes that came this moment can be taken now; else the journal has no slot left.
            n = fill(pipe);
            if (n == 0) {
                take(scratch, true);
                return Step.MORE;
            }
        }
        if (n <= 0) {
            return n == 0 ? Step.NOTHING_NOW : Step.END;
        }
        inJournal += n;
        pieces++;
        take(scratch, false);
        return Step.MORE;
    }

    private int fill(JournalPipe pipe) {
        if (spliceWorks) {
            try {
                return Pipes.splice(source, pipe.write(), CHUNK, true);
            } catch (ErrnoException e) {
                if (e.errno() != Errno.EINVAL) {
                    throw e;
                }
                spliceWorks = false;
            }
        }
        // A terminal on an old kernel: between these two calls a killed engine loses what it has
        // read.
        int n = Pipes.read(source, data, 0, CHUNK / 2);
        if (n > 0) {
            Pipes.writeFully(pipe.write(), Arrays.copyOf(data, n));
        }
        return n;
    }

    /// Logs the whole lines in the journal, or all of it.
    private void take(Scratch scratch, boolean all) {
        JournalPipe pipe = journal;
        if (pipe == null || inJournal == 0) {
            return;
        }
        if (data.length < inJournal) {
            data = new byte[inJournal * 2];
        }
        int n = scratch.peek(pipe.read(), data, inJournal);
        delivery.deliver(kind, data, delivered, n);
        delivered = n;
        int end =
                all
                                || n - lastLineEnd(n) >= LONGEST_LINE
                                || (pieces >= MOST_PIECES && lastLineEnd(n) == 0)
                        ? n
                        : lastLineEnd(n);
        if (end == 0) {
            return;
        }
        log.begin(kind, n, end);
        writeRecords(end);
        drain(pipe.read(), end);
        log.commit();
        inJournal = n - end;
        delivered -= end;
        pieces = inJournal == 0 ? 0 : 1;
    }

    /// A line longer than Docker's longest record becomes several.
    private void writeRecords(int end) {
        int from = 0;
        int line = 0;
        for (int i = 0; i < end; i++) {
            if (data[i] == '\n') {
                line = i + 1;
            } else if (i - line >= LONGEST_LINE - 1) {
                log.write(kind, data, from, i + 1);
                from = i + 1;
                line = i + 1;
            }
        }
        if (from < end) {
            log.write(kind, data, from, end);
        }
    }

    private int lastLineEnd(int n) {
        int end = n;
        while (end > 0 && data[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private void drain(Fd read, int bytes) {
        byte[] nowhere = new byte[Math.min(bytes, CHUNK)];
        int left = bytes;
        while (left > 0) {
            int n = Pipes.read(read, nowhere, 0, Math.min(left, nowhere.length));
            if (n <= 0) {
                throw new IllegalStateException("the journal holds less than it did");
            }
            left -= n;
        }
    }

    /// The process is gone: a last line without its end is a record too.
    void flush(Scratch scratch) {
        take(scratch, true);
    }
}
