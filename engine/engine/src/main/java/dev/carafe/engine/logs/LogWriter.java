package dev.carafe.engine.logs;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Where a container's output is kept. Written by one thread at a time, chunk by chunk; a chunk is
/// whole lines, or a part of a very long one.
///
/// Exactly once: {@link #store} first makes durable (against a killed process) which part of the
/// journal it is about to write, and what the journal holds at this moment; {@link #commit} that
/// this part has been drained. After a crash {@link #recover} tells by the journal's length which
/// of both was not reached, and takes a half-written chunk back.
public interface LogWriter extends AutoCloseable {
    /// Keeps nothing.
    static LogWriter none() {
        return NoLog.INSTANCE;
    }

    /// Whether there is anything to keep, and so a journal to go through.
    boolean keeps();

    /// The process starts: from here on a reader finds the log, and keeps it when the container is
    /// removed before the first output was read.
    void begin();

    /// Writes the chunk, or its first lines when the file becomes full with them. The rest is given
    /// again after the commit.
    ///
    /// @param journalBytes in the stream's journal now; the chunk is their beginning
    /// @return how many bytes of the chunk were taken, at least 1: they are to be drained
    int store(StreamKind stream, byte[] data, int from, int to, int journalBytes);

    /// What was stored is drained.
    void commit();

    /// What of the journals is in the log already, after a crash.
    record Drained(int outBytes, int errBytes) {
        static final Drained NOTHING = new Drained(0, 0);
    }

    /// After a crash, before the first chunk: undoes what was written of a chunk that is still
    /// whole in its journal.
    ///
    /// @param outBytes in the journal of stdout
    /// @param errBytes in the journal of stderr
    /// @return what is to be drained of them before anything is stored
    Drained recover(int outBytes, int errBytes);

    /// Does what an earlier engine left undone for a container that runs no longer.
    default void finishOld() {}

    /// Gives records oldest first. Blocks until all is read (following: until the process has
    /// ended), the thread is interrupted or the sink fails.
    ///
    /// @param live whether the process may still write
    /// @throws dev.carafe.base.NotImplemented this log can't be read
    void read(LogQuery query, LogSink sink, BooleanSupplier live);

    /// Grows with every chunk.
    long sequence();

    /// Waits until the sequence is no longer `seen`, the end was signalled, or the time is over.
    void await(long seen, Duration limit) throws InterruptedException;

    /// Wakes whoever waits: the process has ended.
    void signal();

    @Override
    void close();
}
