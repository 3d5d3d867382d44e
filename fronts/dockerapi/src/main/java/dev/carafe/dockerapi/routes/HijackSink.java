package dev.carafe.dockerapi.routes;

import dev.carafe.dockerapi.http.RawStream;
import dev.carafe.engine.logs.StreamKind;
import dev.carafe.engine.streams.AttachSession;
import dev.carafe.engine.streams.OutputSink;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;

/// Joins a client's connection and a container's streams. The engine may have output before the
/// answer's head is out (that waits until the attaching has worked, so that an error can be a
/// status): output waits for {@link #carry}.
final class HijackSink implements OutputSink {
    private static final Logger LOG = System.getLogger(HijackSink.class.getName());
    private static final int BUFFER_BYTES = 32 * 1024;

    private final CompletableFuture<Frames> client = new CompletableFuture<>();

    @Override
    public void write(StreamKind kind, byte[] data, int offset, int length) throws IOException {
        client.join().write(kind, data, offset, length);
    }

    /// The attaching failed: whoever waits with output shall not wait for ever.
    void fail(Throwable cause) {
        client.completeExceptionally(cause);
    }

    /// Carries both directions until the output ends. The client's end of input is passed on, and
    /// output goes on.
    ///
    /// @param stdin whether the client's input is wanted; else it is not even read
    void carry(RawStream raw, AttachSession session, boolean stdin, boolean rawBytes) {
        if (stdin) {
            Thread.startVirtualThread(() -> pump(raw, session));
        }
        client.complete(new Frames(raw.out(), rawBytes));
        session.ended().join();
    }

    private static void pump(RawStream raw, AttachSession session) {
        byte[] buffer = new byte[BUFFER_BYTES];
        InputStream in = raw.in();
        try {
            int n;
            while ((n = in.read(buffer)) >= 0) {
                session.stdin(buffer, 0, n);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> "input of a client ends: " + e.getMessage());
        }
        // a client that detached has not ended the container's input
        if (!session.ended().isDone()) {
            session.closeStdin();
        }
    }
}
