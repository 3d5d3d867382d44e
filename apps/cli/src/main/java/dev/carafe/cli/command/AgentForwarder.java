package dev.carafe.cli.command;

import dev.carafe.cli.session.Api;
import dev.carafe.cli.session.ApiFailure;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Stream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Lets a build's steps use ssh agents of this machine (`--ssh`): one connection to the daemon
/// waits for each; a step that needs the agent takes it, and the next one is offered.
final class AgentForwarder implements AutoCloseable {
    private static final int BUFFER = 1 << 14;
    private static final int ATTEMPTS = 100;
    private static final long BETWEEN_MILLIS = 100;

    private final Api api;
    private final String build;
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// @param build the id of the build
    AgentForwarder(Api api, String build) {
        this.api = api;
        this.build = build;
    }

    /// Reads the values of `--ssh`: `default`, `ID`, `ID=SOCKET`.
    ///
    /// @param usual the agent's socket where none is named ($SSH_AUTH_SOCK)
    /// @throws Failure when there is no such socket
    static Map<String, Path> sockets(List<String> values, @Nullable String usual) {
        Map<String, Path> sockets = new LinkedHashMap<>();
        for (String value : values) {
            int equals = value.indexOf('=');
            String id = equals < 0 ? value : value.substring(0, equals);
            String place = equals < 0 ? "" : value.substring(equals + 1);
            if (place.isEmpty() && (usual == null || usual.isEmpty())) {
                throw new Failure(
                        "invalid empty ssh agent socket: SSH_AUTH_SOCK is not set; start an agent, or"
                                + " name its socket by --ssh "
                                + id
                                + "=SOCKET");
            }
            Path socket = Path.of(place.isEmpty() ? String.valueOf(usual) : place);
            if (!Files.exists(socket)) {
                throw new Failure("the ssh agent's socket " + socket + " does not exist");
            }
            if (Files.isRegularFile(socket)) {
                throw new Failure(
                        "keys are forwarded by an agent only: add "
                                + socket
                                + " to one by ssh-add, and use --ssh "
                                + id);
            }
            sockets.put(id, socket);
        }
        return sockets;
    }

    /// Begins to offer the agents; returns at once.
    void offer(Map<String, Path> sockets) {
        sockets.forEach((id, socket) -> Thread.ofVirtual().start(() -> offer(id, socket)));
    }

    private void offer(String id, Path socket) {
        try {
            Stream stream = waiting(id);
            while (stream != null && !closed) {
                open.add(stream);
                if (stream.in().read() < 0) {
                    return;
                }
                Stream taken = stream;
                Thread.ofVirtual().start(() -> serve(taken, socket));
                stream = waiting(id);
            }
        } catch (IOException | Failure e) {
            // the build is over, or tells what is missing itself
        }
    }

    /// A connection in the daemon's hands; null when the build never asked for one. The build may
    /// not have begun yet.
    private @Nullable Stream waiting(String id) {
        String target = Query.of("/build/agent").with("buildid", build).with("id", id).toString();
        for (int attempt = 0; attempt < ATTEMPTS && !closed; attempt++) {
            try {
                return api.hijack(target, null);
            } catch (ApiFailure e) {
                if (e.status() != 400) {
                    return null;
                }
                pause();
            }
        }
        return null;
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Stream stream, Path socket) {
        try (stream;
                SocketChannel agent = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            agent.connect(UnixDomainSocketAddress.of(socket));
            open.add(agent);
            Thread back = Thread.ofVirtual().start(() -> answers(agent, stream));
            InputStream in = stream.in();
            OutputStream out = Channels.newOutputStream(agent);
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
            agent.shutdownOutput();
            back.join();
            open.remove(agent);
        } catch (IOException e) {
            // the step sees that its connection ends
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(stream);
        }
    }

    private static void answers(SocketChannel agent, Stream stream) {
        try {
            InputStream in = Channels.newInputStream(agent);
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                stream.write(buffer, 0, n);
            }
            stream.closeWrite();
        } catch (IOException e) {
            stream.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception e) {
                // it has ended by itself
            }
        }
    }
}
