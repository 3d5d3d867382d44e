package dev.carafe.network.relay;

import dev.carafe.linux.Datagram;
import dev.carafe.linux.EventLoop;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The thread of all relays, its room for what passes, and the limit of descriptors.
final class Worker implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    final EventLoop loop = new EventLoop("carafe-relay");
    final Places places = new Places(this::later);
    private @Nullable ByteBuffer bytes;
    private @Nullable Datagram datagram;

    /// On the loop's thread only; empty.
    ByteBuffer bytes() {
        ByteBuffer known = made(bytes, () -> ByteBuffer.allocateDirect(CHUNK));
        bytes = known;
        return known.clear();
    }

    /// On the loop's thread only.
    Datagram datagram() {
        Datagram known = made(datagram, Datagram::new);
        datagram = known;
        return known;
    }

    private static <T> T made(@Nullable T known, Supplier<T> make) {
        return known == null ? make.get() : known;
    }

    void later(Runnable work) {
        loop.execute(work);
    }

    @Override
    public void close() {
        loop.close();
    }
}
