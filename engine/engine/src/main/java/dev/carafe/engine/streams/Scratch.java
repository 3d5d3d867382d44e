package dev.carafe.engine.streams;

import dev.carafe.linux.Fd;
import dev.carafe.linux.Pipes;

/// A pipe to look into another pipe without emptying it, by tee(2). Not thread-safe.
final class Scratch implements AutoCloseable {
    private final Pipes.Pipe pipe = Pipes.pipe(Pipes.O_NONBLOCK);

    /// Copies what is in the pipe, up to `length` bytes, and leaves it there.
    int peek(Fd from, byte[] into, int length) {
        int n = Pipes.tee(from, pipe.write(), length, true);
        int done = 0;
        while (done < n) {
            int got = Pipes.read(pipe.read(), into, done, n - done);
            if (got <= 0) {
                throw new IllegalStateException("the scratch pipe holds less than was copied");
            }
            done += got;
        }
        return Math.max(n, 0);
    }

    @Override
    public void close() {
        pipe.read().close();
        pipe.write().close();
    }
}
