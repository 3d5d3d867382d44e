package dev.carafe.network.relay;

/// A port that is relayed. Closing it ends its connections; its socket stays bound, and open.
public interface Relay extends AutoCloseable {
    @Override
    void close();
}
