package dev.carafe.runtime;

import dev.carafe.linux.Fd;

/// A pipe that the monitor keeps open, for logging exactly once: a chunk is spliced from the stream
/// into it, copied by tee(2) to be logged, and drained when the log has it. A reader that comes
/// after a crash finds in it what may not be logged yet.
public record JournalPipe(Fd read, Fd write) implements AutoCloseable {
    @Override
    public void close() {
        read.close();
        write.close();
    }
}
