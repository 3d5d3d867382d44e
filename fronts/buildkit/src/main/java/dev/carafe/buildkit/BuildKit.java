package dev.carafe.buildkit;

import dev.carafe.base.Ids;
import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.build.BuildImage;
import dev.carafe.buildkit.control.Calls;
import dev.carafe.buildkit.control.PostedBuilds;
import dev.carafe.buildkit.control.Services;
import dev.carafe.buildkit.control.Stores;
import dev.carafe.buildkit.order.BuildOrder;
import dev.carafe.buildkit.progress.Failures;
import dev.carafe.buildkit.session.Sessions;
import dev.carafe.buildkit.transport.Doorstep;
import dev.carafe.buildkit.transport.Grpc;
import dev.carafe.buildkit.transport.StreamSocket;
import dev.carafe.images.Image;
import dev.carafe.images.ImageStore;
import dev.carafe.images.PushImage;
import dev.carafe.oci.ImageReference;
import dev.carafe.snapshots.Snapshotter;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// BuildKit's services on connections that are handed to it. Made at the first such connection:
/// gRPC takes memory and time that a daemon without builds shall not spend. Thread-safe.
public final class BuildKit implements AutoCloseable {
    private final Sessions sessions = new Sessions();
    private final Doorstep door;
    private final Server server;
    private final PostedBuilds posted;

    /// @param naming hears of each image that a build leaves in the store, with the names that it
    ///   has now; on the build's thread
    public BuildKit(
            BuildImage builds,
            ImageStore images,
            Snapshotter snapshots,
            PushImage pushes,
            BiConsumer<Image, List<ImageReference>> naming) {
        try {
            door = new Doorstep();
            Services services =
                    Services.of(
                            Ids.random(),
                            builds,
                            sessions,
                            new Stores(images, snapshots, pushes),
                            naming);
            posted = services.posted();
            server = Grpc.serve(door, services.grpc(), new Calls());
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "can't start the BuildKit services: " + e, e);
        }
    }

    /// Serves a client's calls on a connection that speaks HTTP/2 from here on. Blocks until it
    /// ends.
    ///
    /// @param close ends the connection, so that reads and writes under way return
    public void serve(InputStream in, OutputStream out, Runnable close) {
        StreamSocket socket = new StreamSocket(in, out, close);
        door.arrive(socket);
        socket.awaitClose();
    }

    /// Takes a connection on whose other end the client serves us. Blocks until it ends.
    ///
    /// @param id of the session, by which builds name it
    /// @param sharedKey the same for a client's builds of the same folder; may be empty
    public void session(
            String id, String sharedKey, InputStream in, OutputStream out, Runnable close) {
        sessions.serve(id, sharedKey, new StreamSocket(in, out, close));
    }

    /// A build that came by one request. Blocks until it has ended.
    ///
    /// @param trace gets messages of the type `moby.buildkit.v1.StatusResponse`
    /// @return what clients are told of the result, by BuildKit's names
    public Map<String, String> build(BuildOrder build, Consumer<byte[]> trace) {
        try {
            return posted.run(build, trace);
        } catch (StatusRuntimeException e) {
            throw Failures.plain(e);
        }
    }

    /// Ends such a build; nothing when there is none with this id.
    public void cancel(String ref) {
        posted.cancel(ref);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
