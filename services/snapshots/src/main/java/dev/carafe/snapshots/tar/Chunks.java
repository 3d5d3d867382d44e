package dev.carafe.snapshots.tar;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// A stream of bytes in large pieces. Every piece but the last is a whole number of 512-byte
/// blocks, so that no tar header ever lies across two of them.
public interface Chunks {
    /// The next piece, null at the end. The one before may be reused from now on.
    @Nullable Chunk next() throws IOException;

    /// Bytes 0 to `length` of the array.
    record Chunk(byte[] bytes, int length) {}

    /// Pieces of a stream, read by the caller's thread.
    static Chunks of(InputStream in) {
        byte[] buffer = new byte[256 * Block.SIZE];
        return () -> {
            int n = in.readNBytes(buffer, 0, buffer.length);
            return n == 0 ? null : new Chunk(buffer, n);
        };
    }
}
