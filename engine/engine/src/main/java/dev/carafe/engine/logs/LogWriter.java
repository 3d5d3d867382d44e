package dev.carafe.engine.logs;

import java.time.Duration;

/// Where a container's output is kept. Written by one thread at a time, chunk by chunk; a chunk is
/// whole lines, or a part of a very long one.
///
/// Exactly once: {@link #begin} makes durable (against a killed process) that a chunk is about to
/// be written and what the journal holds at this moment; {@link #commit} that the journal has been
/// drained. After a crash {@link #recover} tells by the journal's length which of both was not
/// reached, and takes a half-written chunk back.
public interface LogWriter extends AutoCloseable {
    /// Keeps nothing.
    static LogWriter none() {
        return NoLog.INSTANCE;
    }

    /// Whether there is anything to keep, and so a journal to go through.
    boolean keeps();

    /// @param journalBytes in the stream's journal now
    /// @param chunkBytes of them that will be written and drained
    void begin(StreamKind stream, int journalBytes, int chunkBytes);

    void write(StreamKind stream, byte[] data, int from, int to);

    /// The chunk is drained.
    void commit();

    /// After a crash, before the first chunk: undoes what was written of a chunk that is still in
    /// its journal.
    ///
    /// @param outBytes in the journal of stdout
    /// @param errBytes in the journal of stderr
    void recover(int outBytes, int errBytes);

    /// Grows with every chunk.
    long sequence();

    /// Waits until the sequence is no longer `seen`, the end was signalled, or the time is over.
    void await(long seen, Duration limit) throws InterruptedException;

    /// Wakes whoever waits: the process has ended.
    void signal();

    @Override
    void close();
}
