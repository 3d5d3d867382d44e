package dev.carafe.engine.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// The last whole record of a file.
///
/// @param end behind its newline; 0 when there is none
/// @param nanos its time; 0 when it can't be read
record LastRecord(long end, long nanos) {
    private static final int REACH = 1 << 18;

    static LastRecord of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return of(channel);
        }
    }

    private static LastRecord of(FileChannel channel) throws IOException {
        long size = channel.size();
        int length = (int) Math.min(size, REACH);
        byte[] data = new byte[length];
        ByteBuffer block = ByteBuffer.wrap(data);
        while (block.hasRemaining() && channel.read(block, size - length + block.position()) > 0) {}
        int end = before(data, block.position());
        if (end == 0) {
            return new LastRecord(size > length ? size : 0, 0);
        }
        LogRecord record = RecordParser.parse(data, before(data, end - 1), end - 1);
        return new LastRecord(size - length + end, record == null ? 0 : time(record));
    }

    private static long time(LogRecord record) {
        try {
            return record.nanos();
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    /// Behind the last newline before this index; 0 when there is none.
    private static int before(byte[] data, int index) {
        int i = index;
        while (i > 0 && data[i - 1] != '\n') {
            i--;
        }
        return i;
    }
}
