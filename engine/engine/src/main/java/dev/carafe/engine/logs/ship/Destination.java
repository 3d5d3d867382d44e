package dev.carafe.engine.logs.ship;

import java.io.IOException;

/// Where messages go. Connects at the first one, and anew after a failure. Used by one thread at a
/// time.
public interface Destination extends AutoCloseable {
    /// Returns when the other side, or the kernel on its way there, has taken the message.
    ///
    /// @throws IOException it was not taken: to be sent again
    void send(Message message) throws IOException;

    @Override
    void close();
}
