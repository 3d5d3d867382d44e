package dev.carafe.engine.streams;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Pipes;
import dev.carafe.runtime.JournalPipe;
import java.util.Arrays;

/// The pipe that the monitor keeps open beside a stream: what is in it may not be in the log yet.
/// Not thread-safe.
final class Journal {
    /// Each splice may take a slot of the pipe, a page each: a line that comes in small pieces must
    /// not fill them.
    static final int MOST_BYTES = 1 << 20;

    private static final int PAGE = 4096;
    private final JournalPipe pipe;
    private final Fd source;
    private int slots;
    private int bytes;
    private int pieces;
    private int last;
    private boolean spliceWorks = true;

    Journal(JournalPipe pipe, Fd source) {
        this.pipe = pipe;
        this.source = source;
        this.slots = Pipes.pipeSize(pipe.write()) / PAGE;
    }

    /// After a crash: takes up what is there. How many slots it takes is not known: at most one for
    /// each byte.
    void recover() {
        bytes = available();
        pieces = Math.min(bytes, slots);
        if (isFull()) {
            grow();
        }
    }

    int available() {
        return Pipes.available(pipe.read());
    }

    int bytes() {
        return bytes;
    }

    /// Moves what the stream has into it, up to `most` bytes.
    ///
    /// @return as {@link Pipes#splice}
    int fill(Workbench bench, int most) {
        if (pieces >= slots / 2) {
            grow();
        }
        int n = move(bench, most);
        if (n > 0) {
            bytes += n;
            pieces = Math.min(slots, pieces + n / PAGE + 1);
            last = n;
        }
        return n;
    }

    private void grow() {
        if (slots * PAGE < MOST_BYTES) {
            try {
                slots = Pipes.setPipeSize(pipe.write(), slots * 2 * PAGE) / PAGE;
            } catch (ErrnoException e) {
                // A pipe may be refused more room; long lines are cut earlier then.
            }
        }
    }

    private int move(Workbench bench, int most) {
        if (spliceWorks) {
            try {
                return Pipes.splice(source, pipe.write(), most, true);
            } catch (ErrnoException e) {
                if (e.errno() != Errno.EINVAL) {
                    throw e;
                }
                spliceWorks = false;
            }
        }
        // A terminal on an old kernel: between these two calls a killed engine loses what it has
        // read.
        int n = bench.read(source, most / 2);
        if (n > 0) {
            Pipes.writeFully(pipe.write(), Arrays.copyOf(bench.data, n));
        }
        return n;
    }

    /// Whether the stream has bytes and the pipe has no slot left for them.
    boolean isFull() {
        return pieces >= slots - 1;
    }

    /// Copies all of it into the bench's buffer.
    int peek(Workbench bench) {
        return bench.peek(pipe.read(), Math.min(bytes, Workbench.BYTES));
    }

    /// Takes its first bytes out.
    void drain(Workbench bench, int count) {
        bench.drain(pipe.read(), count);
        bytes -= count;
        // what came with the last splice lies in whole pages, older bytes in pieces of any size
        pieces = bytes == 0 ? 0 : Math.min(pieces, bytes <= last ? bytes / PAGE + 2 : bytes);
    }
}
