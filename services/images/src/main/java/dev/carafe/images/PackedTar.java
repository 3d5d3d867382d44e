package dev.carafe.images;

import dev.carafe.base.BulkInput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A layer's tar, compressed by a thread of its own while it is read. The same layer gives the same
/// bytes. Closing it ends the thread.
public final class PackedTar extends BulkInput {
    private static final int PIECE = 64 << 10;
    private static final int AHEAD = 8;
    private static final long LOOK_SECONDS = 60;
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(AHEAD);
    private byte[] piece = END;
    private int at;
    private boolean ended;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;

    /// Writes the plain tar.
    @FunctionalInterface
    public interface Tar {
        void write(OutputStream out) throws IOException;
    }

    public PackedTar(Packing packing, Tar tar) {
        Thread.ofPlatform().daemon().name("layer-pack").start(() -> produce(packing, tar));
    }

    private void produce(Packing packing, Tar tar) {
        try (OutputStream packed = packing.over(new Pieces(), PIECE)) {
            tar.write(packed);
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
        try {
            put(END);
        } catch (IOException e) {
            // nobody reads any more
        }
    }

    private void put(byte[] bytes) throws IOException {
        try {
            while (!closed && !pieces.offer(bytes, 1, TimeUnit.SECONDS)) {
                continue;
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        if (closed) {
            throw new IOException("closed");
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (at == piece.length && !ended) {
            next();
        }
        if (ended || length == 0) {
            return ended ? -1 : 0;
        }
        int count = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, bytes, offset, count);
        at += count;
        return count;
    }

    private void next() throws IOException {
        try {
            byte[] next = pieces.poll(LOOK_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new IOException("the layer's files can't be read in time");
            }
            piece = next;
            at = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (piece == END) {
            Throwable broken = failure;
            if (broken != null) {
                throw new IOException(broken.getMessage(), broken);
            }
            ended = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        pieces.clear();
    }

    private final class Pieces extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            put(new byte[] {(byte) b});
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                put(Arrays.copyOfRange(bytes, offset, offset + length));
            }
        }
    }
}
