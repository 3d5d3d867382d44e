package dev.carafe.snapshots.tar;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// Hands a stream's bytes from the thread that reads (and perhaps decompresses) it to one that
/// unpacks. A few chunks are in flight, so both work at once. One thread on each side.
public final class ChunkPipe implements Chunks {
    private static final int CHUNK = 512 * Block.SIZE;
    private static final int IN_FLIGHT = 4;
    private static final Chunk END = new Chunk(new byte[0], 0);
    private static final Chunk FAILED = new Chunk(new byte[0], 0);

    private final BlockingQueue<Chunk> filled = new ArrayBlockingQueue<>(IN_FLIGHT + 2);
    private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(IN_FLIGHT + 1);
    private byte @Nullable [] lent;
    private boolean ended;

    public ChunkPipe() {
        for (int i = 0; i < IN_FLIGHT; i++) {
            free.add(new byte[CHUNK]);
        }
    }

    /// The reading side: moves the whole stream, until its end or until the other side called
    /// {@link #abandon}.
    ///
    /// @throws IOException of the stream; the other side's {@link #next} then fails as well
    public void pump(InputStream in) throws IOException, InterruptedException {
        Chunk last = FAILED;
        try {
            while (true) {
                byte[] buffer = free.take();
                int n = buffer.length == 0 ? 0 : in.readNBytes(buffer, 0, buffer.length);
                if (n > 0) {
                    filled.put(new Chunk(buffer, n));
                }
                if (n < buffer.length || buffer.length == 0) {
                    last = END;
                    return;
                }
            }
        } finally {
            filled.add(last);
        }
    }

    @Override
    public @Nullable Chunk next() throws IOException {
        if (ended) {
            return null;
        }
        if (lent != null) {
            free.add(lent);
            lent = null;
        }
        Chunk chunk = take();
        if (chunk == FAILED) {
            throw new IOException("the stream broke off");
        }
        if (chunk == END) {
            ended = true;
            return null;
        }
        lent = chunk.bytes();
        return chunk;
    }

    /// The unpacking side wants no more: the reading side stops at its next chunk.
    public void abandon() {
        ended = true;
        free.clear();
        free.add(new byte[0]);
    }

    private Chunk take() throws IOException {
        try {
            return filled.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
