package dev.carafe.dockerapi.routes;

import dev.carafe.dockerapi.http.RawStream;
import dev.carafe.engine.logs.StreamKind;
import dev.carafe.engine.streams.AttachSession;
import dev.carafe.engine.streams.OutputSink;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Joins a client's connection and a container's streams. The engine may have output before the
/// answer's head is out (that waits until the attaching has worked, so that an error can be a
/// status): output waits for {@link #carry}. Made by the thread that attaches.
final class HijackSink implements OutputSink {
    private static final Logger LOG = System.getLogger(HijackSink.class.getName());
    private static final int BUFFER_BYTES = 32 * 1024;
    private static final Duration PROBE_EVERY = Duration.ofSeconds(30);

    private final CompletableFuture<Frames> client = new CompletableFuture<>();

    /// What the attaching thread itself wrote (why an exec could not start): it can't wait for
    /// itself.
    private final List<Early> early = new ArrayList<>();

    private final Thread attaching = Thread.currentThread();

    private final Duration probeEvery;

    HijackSink() {
        this(PROBE_EVERY);
    }

    /// @param probeEvery how often to look whether a client is there that is told nothing
    HijackSink(Duration probeEvery) {
        this.probeEvery = probeEvery;
    }

    private record Early(StreamKind kind, byte[] data) {}

    @Override
    public void write(StreamKind kind, byte[] data, int offset, int length) throws IOException {
        if (Thread.currentThread() == attaching && !client.isDone()) {
            early.add(new Early(kind, Arrays.copyOfRange(data, offset, offset + length)));
            return;
        }
        try {
            client.join().write(kind, data, offset, length);
        } catch (CompletionException e) {
            throw new IOException("the client could not be attached", e);
        }
    }

    /// The attaching failed: whoever waits with output shall not wait for ever.
    void fail(Throwable cause) {
        client.completeExceptionally(cause);
    }

    /// Carries both directions until the output ends or the client is gone. A client may have ended
    /// its own direction at once, so its leaving shows only when something is written to it. The
    /// client's end of input is passed on, and output goes on.
    ///
    /// @param stdin whether the client's input is wanted; else it is not even read
    void carry(RawStream raw, AttachSession session, boolean stdin, boolean rawBytes)
            throws IOException {
        if (stdin) {
            Thread.startVirtualThread(() -> pump(raw, session));
        }
        Frames frames = new Frames(raw.out(), rawBytes);
        for (Early e : early) {
            frames.write(e.kind(), e.data(), 0, e.data().length);
        }
        client.complete(frames);
        while (!isOver(session)) {
            if (!frames.probe()) {
                session.close();
            }
        }
    }

    /// Waits a while for it.
    private boolean isOver(AttachSession session) {
        try {
            session.ended().get(probeEvery.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
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
        if (!raw.halfCloses()) {
            session.close();
        }
    }
}
