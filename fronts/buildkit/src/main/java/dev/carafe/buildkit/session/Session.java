package dev.carafe.buildkit.session;

import io.grpc.ManagedChannel;

/// One open session.
///
/// @param sharedKey the same for a client's builds of the same folder; may be empty
public record Session(String id, String sharedKey, ManagedChannel channel) {
    /// Begins to read, so that the client's leaving is noticed.
    void connect() {
        channel.getState(true);
    }

    void close() {
        channel.shutdownNow();
    }
}
