package dev.carafe.network.relay;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.EventLoop;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Sockets;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A port of TCP. Events come on the worker's thread; the lock lets another thread close it.
final class TcpRelay implements Relay {
    private static final System.Logger LOG = System.getLogger(TcpRelay.class.getName());
    private static final int SO_REUSEADDR = 2;

    /// The kernel makes it less where net.core.somaxconn is.
    private static final int BACKLOG = 4096;

    /// Clients taken in before others have their turn.
    private static final int AT_ONCE = 64;

    private final Worker worker;
    private final Fd bound;
    private final byte[] container;
    private final Set<TcpConnection> connections = new HashSet<>();
    private final Runnable again = this::accept;
    private final ReentrantLock lock = new ReentrantLock();
    private final EventLoop.Registration watch;
    private boolean closed;
    private boolean told;

    /// @param container a socket's address
    TcpRelay(Worker worker, Fd bound, byte[] container) {
        this.worker = worker;
        this.bound = bound;
        this.container = container;
        // its connections inherit it: those that are ending must not keep the port from being taken
        // again. Set after the bind, which another's port is to refuse
        Sockets.setOption(bound, Sockets.SOL_SOCKET, SO_REUSEADDR, 1);
        Sockets.listen(bound, BACKLOG);
        watch = worker.loop.watch(bound, EventLoop.IN | EventLoop.EDGE, unused -> accept());
    }

    private void accept() {
        lock.lock();
        try {
            for (int i = 0; i < AT_ONCE && !closed; i++) {
                if (!worker.places.take(again)) {
                    return;
                }
                if (!next()) {
                    worker.places.giveBack();
                    return;
                }
            }
            if (!closed) {
                worker.later(again);
            }
        } finally {
            lock.unlock();
        }
    }

    /// @return false when there is no client any more, or no descriptor for it
    private boolean next() {
        Fd client;
        try {
            client = Sockets.accept(bound);
        } catch (ErrnoException e) {
            tell(e);
            return false;
        }
        if (client == null) {
            return false;
        }
        TcpConnection connection = connect(client);
        if (connection == null) {
            worker.places.giveBack();
        } else {
            connections.add(connection);
        }
        return true;
    }

    private @Nullable TcpConnection connect(Fd client) {
        try {
            return TcpConnection.open(worker, client, container, lock, this::ended);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EMFILE) {
                tell(e);
            }
            Sockets.resetOnClose(client);
            client.close();
            return null;
        }
    }

    /// Once: who has no descriptors for one client has none for the others.
    private void tell(ErrnoException e) {
        LOG.log(told ? Level.DEBUG : Level.WARNING, "no room for clients of a published port", e);
        told = true;
    }

    private void ended(TcpConnection connection) {
        connections.remove(connection);
        worker.places.giveBack();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            watch.close();
            worker.places.forget(again);
            Set.copyOf(connections).forEach(TcpConnection::abort);
            Sockets.shutdown(bound, Sockets.SHUT_RD);
        } finally {
            lock.unlock();
        }
    }
}
