package dev.carafe.dockerapi.http;

import java.io.InputStream;
import java.io.OutputStream;

/// A connection that carries no HTTP any more. The two directions are independent: the client may
/// end its own (half close, {@link #in} then is at its end) and still read ours.
public interface RawStream extends AutoCloseable {
    /// Blocks; -1 when the client has sent all or has gone.
    InputStream in();

    /// Writes go out at once.
    OutputStream out();

    /// Whether a client can end its own direction and still read; else its end means that it has
    /// left.
    default boolean halfCloses() {
        return true;
    }

    /// Ends both directions.
    @Override
    void close();
}
