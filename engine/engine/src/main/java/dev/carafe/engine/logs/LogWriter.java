package dev.carafe.engine.logs;

import dev.carafe.engine.streams.StreamKind;
import java.io.IOException;

/// Stores one container's output. Used by one thread at a time.
///
/// Exactly once, also across a kill of the engine: the bytes lie in a journal pipe that the container's monitor keeps.
/// The pump calls {@link #append} with the head of the journal, drains those bytes from it, and calls {@link #drained}.
/// After a kill {@link #recover} tells how many bytes of the journal's head are stored already.
public interface LogWriter extends AutoCloseable {
    /// The longest record: longer lines are split, as Docker does.
    int MAX_RECORD_BYTES = 16 * 1024;

    /// Stores nothing (driver `none`, execs).
    static LogWriter none() {
        return NoLog.INSTANCE;
    }

    /// Whether this writer stores anything: if not, no journal is needed.
    boolean stores();

    /// A new process begins, with an empty journal: an append that a dead engine left unfinished is forgotten, a torn
    /// last record removed.
    void reset() throws IOException;

    /// A stream of a process that outlived the engine is taken over.
    ///
    /// @param journalBytes how many bytes are in the stream's journal
    /// @return how many of them, from its head, are stored already: the caller drains them. Call {@link #drained} then
    int recover(StreamKind kind, int journalBytes) throws IOException;

    /// Stores whole lines, or pieces of {@link #MAX_RECORD_BYTES}, as {@link LogLines#complete} measures them.
    ///
    /// @param journalBytes how many bytes are in the stream's journal, those of `data` being its head
    /// @param end the stream ends: what follows the last newline is a line too
    void append(StreamKind kind, byte[] data, int from, int to, int journalBytes, boolean end) throws IOException;

    /// The bytes of the last append have left the journal.
    void drained() throws IOException;

    /// Signalled at every append, at close, and by the owner when the process' life changes.
    LogNotifier changes();

    @Override
    void close();
}
