package dev.carafe.buildkit.session;

import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.buildkit.transport.Grpc;
import dev.carafe.buildkit.transport.StreamSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The sessions that are open, by their ids. Thread-safe.
public final class Sessions {
    /// A build may be asked for before its session is there.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, Session> open = new HashMap<>();

    /// Keeps a session until its connection ends.
    ///
    /// @param sharedKey the same for a client's builds of the same folder; may be empty
    public void serve(String id, String sharedKey, StreamSocket connection) {
        Session session = new Session(id, sharedKey, Grpc.connect(connection));
        synchronized (this) {
            open.put(id, session);
            notifyAll();
        }
        try {
            session.connect();
            connection.awaitClose();
        } finally {
            synchronized (this) {
                open.remove(id, session);
            }
            session.close();
        }
    }

    /// Waits a while for it.
    ///
    /// @param id empty for a client that serves nothing
    /// @throws NotFound when it does not come
    public synchronized Session await(String id) {
        if (id.isEmpty()) {
            return new Session("", "", new NoClient());
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Session session = open.get(id);
            if (session != null) {
                return session;
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new NotFound(new Subject("session", id), "no active session for " + id);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new NotFound(new Subject("session", id), "no active session for " + id, e);
            }
        }
    }
}
