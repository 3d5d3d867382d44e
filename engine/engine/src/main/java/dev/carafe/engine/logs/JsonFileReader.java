package dev.carafe.engine.logs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/// Reads a json-file log, its rotated files too.
public final class JsonFileReader {
    private JsonFileReader() {}

    /// Gives the records to the sink, oldest first; returns at the end, when following: when the process has ended, the
    /// query's end has come or the thread is interrupted.
    ///
    /// @param live whether the process may still write
    /// @param changes {@link LogWriter#changes} of the log's writer
    public static void read(Path file, LogQuery query, LogSink sink, BooleanSupplier live, LogNotifier changes)
            throws IOException {
        throw new UnsupportedOperationException();
    }
}
