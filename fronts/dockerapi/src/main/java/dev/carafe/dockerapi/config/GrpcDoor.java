package dev.carafe.dockerapi.config;

import java.io.InputStream;
import java.io.OutputStream;

/// Where connections go that BuildKit's clients take from HTTP/1.1 to gRPC. Both methods block
/// until the connection has ended.
public interface GrpcDoor {
    /// The client calls us.
    ///
    /// @param close ends the connection, so that reads and writes under way return
    void control(InputStream in, OutputStream out, Runnable close);

    /// We call the client.
    ///
    /// @param id by which the client's builds name it
    /// @param sharedKey the same for a client's builds of the same folder; may be empty
    void session(String id, String sharedKey, InputStream in, OutputStream out, Runnable close);
}
