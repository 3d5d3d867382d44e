package dev.carafe.registry;

import dev.carafe.registry.http.Answer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The rest of a large blob in pieces, some of which are downloaded side by side while the first is
/// read: a server or a way that gives each connection little gives several more. Holds at most
/// {@link #PIECE} bytes for each of them. One thread reads, any may close.
final class RangesAhead implements AutoCloseable {
    /// Bytes of one request.
    static final int PIECE = 2 << 20;

    private final BlobStream.Opener opener;
    private final long size;
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private long asked;
    private byte[] current = new byte[0];
    private int read;
    private boolean closed;

    /// @param at where in the blob to begin
    /// @param size of the blob, in bytes
    /// @param sideBySide how many pieces may be on their way
    RangesAhead(BlobStream.Opener opener, long at, long size, int sideBySide) {
        this.opener = opener;
        this.size = size;
        this.asked = at;
        for (int i = 0; i < sideBySide; i++) {
            askForNext();
        }
    }

    private void askForNext() {
        if (asked < size) {
            ByteRange range = new ByteRange(asked, Math.min(size, asked + PIECE));
            asked = range.to();
            Piece piece = new Piece(range);
            synchronized (pieces) {
                if (closed) {
                    piece.task.cancel(true);
                }
                pieces.add(piece);
            }
            Thread.ofVirtual().name("blob-range").start(piece.task);
        }
    }

    /// The next bytes of the blob; -1 at its end.
    ///
    /// @throws IOException when a piece did not come; the bytes before it were read
    int read(byte[] bytes, int offset, int length) throws IOException {
        if (read == current.length && !advance()) {
            return -1;
        }
        int count = Math.min(length, current.length - read);
        System.arraycopy(current, read, bytes, offset, count);
        read += count;
        return count;
    }

    private boolean advance() throws IOException {
        Piece next;
        synchronized (pieces) {
            next = pieces.peek();
        }
        if (next == null) {
            return false;
        }
        current = next.bytes();
        read = 0;
        synchronized (pieces) {
            pieces.remove();
        }
        askForNext();
        return true;
    }

    /// Gives the rest up; a thread that reads gets an exception.
    @Override
    public void close() {
        synchronized (pieces) {
            closed = true;
            pieces.forEach(piece -> piece.task.cancel(true));
        }
    }

    private final class Piece {
        private final ByteRange range;
        private final FutureTask<byte[]> task = new FutureTask<>(this::download);

        Piece(ByteRange range) {
            this.range = range;
        }

        private byte[] download() throws IOException {
            try (Answer answer = opener.open(range)) {
                if (answer.status() != 206 || !range.isOf(answer)) {
                    throw new IOException("the server answered another range");
                }
                int length = (int) (range.to() - range.from());
                byte[] bytes = answer.body().readNBytes(length);
                if (bytes.length < length || answer.body().read() >= 0) {
                    throw new IOException("the server answered a range of another length");
                }
                return bytes;
            }
        }

        byte[] bytes() throws IOException {
            try {
                return task.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } catch (CancellationException | ExecutionException e) {
                throw new IOException("a range of the blob did not come: " + e.getMessage(), e);
            }
        }
    }
}
