package dev.carafe.dockerapi.config;

import dev.carafe.build.client.RemoteCaches;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

/// Where connections go that BuildKit's clients take from HTTP/1.1 to gRPC, and the builds that
/// they post. The first two methods block until the connection has ended.
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

    /// A build without a call of the client's (`POST /build?version=2`). Blocks until it has ended.
    ///
    /// @param trace gets BuildKit's messages of its status, as they come
    /// @return id of the image; empty when none stays
    /// @throws dev.carafe.base.CarafeException when it fails
    String build(PostedBuild build, Consumer<byte[]> trace);

    /// Caches of other places than this host, in BuildKit's formats.
    RemoteCaches caches();

    /// Ends such a build; nothing when there is none with this id.
    void cancelBuild(String id);
}
