package dev.carafe.engine.logs;

/// Where records begin and end in raw output.
public final class LogLines {
    private LogLines() {}

    /// How many bytes from `from` on are complete records: lines with their newline, and, in a line that goes on,
    /// full pieces of {@link LogWriter#MAX_RECORD_BYTES}.
    public static int complete(byte[] data, int from, int to) {
        int lineStart = to;
        while (lineStart > from && data[lineStart - 1] != '\n') {
            lineStart--;
        }
        int rest = to - lineStart;
        return lineStart - from + rest / LogWriter.MAX_RECORD_BYTES * LogWriter.MAX_RECORD_BYTES;
    }
}
