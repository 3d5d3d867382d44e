package dev.carafe.engine.logs;

/// How a log is laid out on disk.
///
/// @param maxBytes a file that has become this long is rotated; -1: never
/// @param maxFiles the present one and older ones
/// @param compress older files are gzipped
/// @param attributes the JSON object that each record carries as `attrs`; empty: none
public record LogFileOptions(long maxBytes, int maxFiles, boolean compress, String attributes) {
    /// A log without options is bounded too: at most half a gigabyte.
    public static final LogFileOptions BOUNDED = new LogFileOptions(100_000_000, 5, false, "");

    public LogFileOptions withLimits(long bytes, int files) {
        return new LogFileOptions(bytes, files, compress, attributes);
    }

    public LogFileOptions withCompress(boolean on) {
        return new LogFileOptions(maxBytes, maxFiles, on, attributes);
    }

    public LogFileOptions withAttributes(String json) {
        return new LogFileOptions(maxBytes, maxFiles, compress, json);
    }
}
