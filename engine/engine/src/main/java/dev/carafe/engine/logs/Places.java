package dev.carafe.engine.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Finds where to begin reading a file without reading all of it. The lines carry their times in
/// order, so the file is its own index: there is none beside it that could be lost or wrong.
final class Places {
    private static final int BLOCK = 1 << 16;
    private static final int FIRST_BLOCK = 1 << 13;

    private Places() {}

    /// Begin of the first record that is not before the time; the records' times must not fall.
    static long since(FileChannel channel, long nanos) throws IOException {
        long low = 0; // a line's begin; all before it is earlier
        long high = channel.size();
        while (high - low > BLOCK) {
            long middle = low + (high - low) / 2;
            Lines lines = new Lines(channel, middle - 1);
            // The rest of the line that the middle falls into, then the first whole one.
            if (!lines.next()) {
                high = middle;
                continue;
            }
            long begin = lines.position();
            if (begin >= high || !lines.next()) {
                high = middle;
                continue;
            }
            LogRecord record = RecordParser.parse(lines.data(), lines.from(), lines.to());
            if (record == null) {
                return low; // damaged: whoever reads on from here looks at each record
            }
            if (record.nanos() < nanos) {
                low = begin;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Time of the first record.
    ///
    /// @return Long.MAX_VALUE when there is none, or it can't be read
    static long firstTime(FileChannel channel) throws IOException {
        Lines lines = new Lines(channel, 0);
        if (!lines.next()) {
            return Long.MAX_VALUE;
        }
        LogRecord record = RecordParser.parse(lines.data(), lines.from(), lines.to());
        return record == null ? Long.MAX_VALUE : record.nanos();
    }

    /// @param begin of the lines looked for
    /// @param found how many there are from there on
    record Tail(long begin, int found) {}

    /// Where the last `count` whole lines begin.
    static Tail tail(FileChannel channel, int count) throws IOException {
        byte[] data = new byte[FIRST_BLOCK];
        long end = channel.size();
        int newlines = 0;
        while (end > 0) {
            int length = (int) Math.min(data.length, end);
            ByteBuffer block = ByteBuffer.wrap(data, 0, length);
            while (block.hasRemaining()
                    && channel.read(block, end - length + block.position()) > 0) {}
            end -= length;
            for (int i = length - 1; i >= 0; i--) {
                if (data[i] == '\n' && newlines++ == count) {
                    return new Tail(end + i + 1, count);
                }
            }
            if (data.length < BLOCK) {
                data = new byte[BLOCK];
            }
        }
        return new Tail(0, newlines);
    }
}
