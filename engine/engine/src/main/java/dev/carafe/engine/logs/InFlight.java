package dev.carafe.engine.logs;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The few numbers about the chunk in flight, in a mapped file: noting them costs no system call.
/// They need to survive a killed process, not a power cut (the journal does not survive one
/// either), so nothing is synced. One thread at a time.
final class InFlight {
    private static final int BYTES = 64;
    private static final int SIZE_BEFORE = 0;
    private static final int STREAM = 8;
    private static final int JOURNAL = 12;
    private static final int CHUNK = 16;
    private static final int DISORDER = 20;
    private final MappedByteBuffer map;

    private InFlight(MappedByteBuffer map) {
        this.map = map;
    }

    /// @param sizeBefore of the file, before the chunk
    /// @param journalBytes in the stream's journal at that time
    /// @param chunkBytes of them that the chunk has
    record Chunk(long sizeBefore, StreamKind stream, int journalBytes, int chunkBytes) {}

    static InFlight open(Path path) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            if (channel.size() < BYTES) {
                // Written, not only extended: a full disk is to be found here and not by a fault.
                channel.write(ByteBuffer.allocate(BYTES - (int) channel.size()), channel.size());
            }
            return new InFlight(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
        }
    }

    /// The stream comes last: without it the others mean nothing.
    void begin(Chunk chunk) {
        map.putLong(SIZE_BEFORE, chunk.sizeBefore());
        map.putInt(JOURNAL, chunk.journalBytes());
        map.putInt(CHUNK, chunk.chunkBytes());
        VarHandle.storeStoreFence();
        map.putInt(STREAM, chunk.stream() == StreamKind.STDERR ? 2 : 1);
        VarHandle.fullFence();
    }

    void commit() {
        map.putInt(STREAM, 0);
        VarHandle.fullFence();
    }

    /// What an earlier engine had begun and not committed.
    @Nullable Chunk chunk() {
        int stream = map.getInt(STREAM);
        return stream == 0
                ? null
                : new Chunk(
                        map.getLong(SIZE_BEFORE),
                        stream == 2 ? StreamKind.STDERR : StreamKind.STDOUT,
                        map.getInt(JOURNAL),
                        map.getInt(CHUNK));
    }

    /// The clock was set back between two records: their times can't be searched by halving.
    void noteDisorder() {
        map.putInt(DISORDER, 1);
    }

    boolean disorder() {
        return map.getInt(DISORDER) != 0;
    }
}
