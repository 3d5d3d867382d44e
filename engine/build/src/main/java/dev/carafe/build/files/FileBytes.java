package dev.carafe.build.files;

import dev.carafe.base.Internal;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Pipes;
import java.nio.ByteBuffer;

/// Reads open files from where they stand, through one buffer for all. Not thread-safe.
final class FileBytes {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    private final byte[] copy = new byte[buffer.capacity()];

    @FunctionalInterface
    interface Sink {
        void accept(byte[] bytes, int length);
    }

    /// Gives a file's bytes to the sink.
    ///
    /// @param size where it ends
    void read(Fd file, long size, Sink sink) {
        for (long left = size; left > 0; ) {
            int n = fill(file, left);
            if (n <= 0) {
                return;
            }
            buffer.get(copy, 0, n);
            sink.accept(copy, n);
            left -= n;
        }
    }

    /// Copies a file's bytes.
    ///
    /// @param size where it ends
    void copy(Fd file, long size, Fd to) {
        for (long left = size; left > 0; ) {
            int n = fill(file, left);
            if (n <= 0) {
                return;
            }
            while (buffer.hasRemaining()) {
                if (Pipes.write(to, buffer) <= 0) {
                    throw new Internal("write: no progress");
                }
            }
            left -= n;
        }
    }

    private int fill(Fd file, long most) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), most));
        int n = Pipes.read(file, buffer);
        buffer.flip();
        return n;
    }
}
