package dev.carafe.dockerapi.http;

import java.io.IOException;

/// Answers one kind of request. A {@link dev.carafe.base.CarafeException} thrown before the answer
/// has begun becomes an error answer ({@link Errors}).
@FunctionalInterface
public interface Handler {
    /// @throws IOException when the client is gone
    void handle(Exchange exchange) throws IOException;
}
