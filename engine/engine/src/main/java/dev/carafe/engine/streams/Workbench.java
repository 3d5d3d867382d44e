package dev.carafe.engine.streams;

import dev.carafe.engine.logs.Spares;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Pipes;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What it takes to move a stream: buffers, a pipe to look into others, and /dev/null. Streams that
/// are silent have none. Not thread-safe.
final class Workbench implements AutoCloseable {
    /// More than a journal ever holds.
    static final int BYTES = 1 << 18;

    /// As many buffers as a journal that was given all the slots it may have.
    private static final int PIPE_BYTES = Journal.MOST_BYTES;

    private final Pipes.Pipe scratch = Pipes.pipe(Pipes.O_NONBLOCK);
    private final Fd nowhere = FileSystem.open("/dev/null", FileSystem.O_WRONLY);

    /// Both made at the first read: an idle engine has none.
    private @Nullable ByteBuffer block;

    byte[] data = {};

    private Workbench() {
        Pipes.setPipeSize(scratch.write(), PIPE_BYTES);
    }

    /// Two are there from the start and stay: what is kept does not depend on how busy it was.
    static Spares<Workbench> spares() {
        Spares<Workbench> all = new Spares<>(2, Workbench::new, Workbench::close);
        all.giveBack(new Workbench());
        all.giveBack(new Workbench());
        return all;
    }

    /// Reads into {@link #data} from its begin.
    ///
    /// @return as {@link Pipes#read}
    int read(Fd from, int length) {
        ByteBuffer block = block();
        int n = Pipes.read(from, block.clear().limit(length));
        if (n > 0) {
            block.flip().get(data, 0, n);
        }
        return n;
    }

    /// Copies what is in the pipe into {@link #data}, up to `length` bytes, and leaves it there.
    int peek(Fd pipe, int length) {
        ByteBuffer block = block();
        int n = Math.max(0, Pipes.tee(pipe, scratch.write(), length, true));
        block.clear().limit(n);
        while (block.hasRemaining()) {
            if (Pipes.read(scratch.read(), block) <= 0) {
                throw new IllegalStateException("the scratch pipe holds less than was copied");
            }
        }
        block.flip().get(data, 0, n);
        return n;
    }

    private ByteBuffer block() {
        if (block == null) {
            block = ByteBuffer.allocateDirect(BYTES);
            data = new byte[BYTES];
        }
        return block;
    }

    /// Takes so many bytes out of the pipe.
    void drain(Fd pipe, int bytes) {
        int left = bytes;
        while (left > 0) {
            int n = Pipes.splice(pipe, nowhere, left, true);
            if (n <= 0) {
                throw new IllegalStateException("the journal holds less than it did");
            }
            left -= n;
        }
    }

    @Override
    public void close() {
        scratch.close();
        nowhere.close();
    }
}
