package dev.carafe.images;

import dev.carafe.base.BulkInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Counts what is read, and remembers a failure: to the snapshotter it is just a stream that broke.
final class WatchedStream extends BulkInput {
    private final InputStream in;
    private final LongConsumer progress;
    private long done;
    private @Nullable IOException broken;

    /// @param progress hears how many bytes were read so far; what it throws ends the reading
    WatchedStream(InputStream in, LongConsumer progress) {
        this.in = in;
        this.progress = progress;
    }

    /// One that only remembers.
    WatchedStream(InputStream in) {
        this(in, count -> {});
    }

    /// Why reading failed, if it did.
    @Nullable IOException broken() {
        return broken;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int count = in.read(bytes, offset, length);
            if (count > 0) {
                done += count;
                progress.accept(done);
            }
            return count;
        } catch (IOException e) {
            broken = e;
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
