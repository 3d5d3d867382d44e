package dev.carafe.network.relay;

import dev.carafe.base.Undo;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.EventLoop;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Sockets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A client and its connection to the container. Used under the relay's lock.
///
/// Both sockets are watched by edges, for all there is: each event lets both directions go on until
/// they would wait, so that nothing has to be changed in the kernel's set afterwards.
final class TcpConnection {
    private static final int ALL = EventLoop.IN | EventLoop.OUT | EventLoop.EDGE;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NODELAY = 1;
    private static final int TCP_SYNCNT = 7;
    private static final int SO_KEEPALIVE = 9;

    /// A container that answers nothing is given up after this many packets, some seconds.
    private static final int TRIES = 3;

    private final Worker worker;
    private final Fd client;
    private final Fd container;
    private final Direction in;
    private final Direction out;
    private final ReentrantLock lock;
    private final Consumer<TcpConnection> whenEnded;
    private final EventLoop.Registration clientWatch;
    private final EventLoop.Registration containerWatch;
    private boolean connected;
    private boolean ended;

    /// Takes over the client.
    ///
    /// @param address the container's
    /// @throws ErrnoException the container can't be reached; the client stays the caller's
    static TcpConnection open(
            Worker worker,
            Fd client,
            byte[] address,
            ReentrantLock lock,
            Consumer<TcpConnection> whenEnded) {
        int family = address.length == 16 ? Sockets.AF_INET : Sockets.AF_INET6;
        try (Undo undo = new Undo()) {
            Fd container = Sockets.socket(family, Sockets.SOCK_STREAM | Sockets.SOCK_NONBLOCK, 0);
            undo.push(container::close);
            Sockets.setOption(container, IPPROTO_TCP, TCP_SYNCNT, TRIES);
            for (Fd side : new Fd[] {client, container}) {
                Sockets.setOption(side, IPPROTO_TCP, TCP_NODELAY, 1);
                Sockets.setOption(side, Sockets.SOL_SOCKET, SO_KEEPALIVE, 1);
            }
            Sockets.startConnect(container, address);
            TcpConnection connection =
                    new TcpConnection(worker, client, container, lock, whenEnded);
            undo.keep();
            return connection;
        }
    }

    private TcpConnection(
            Worker worker,
            Fd client,
            Fd container,
            ReentrantLock lock,
            Consumer<TcpConnection> whenEnded) {
        this.worker = worker;
        this.client = client;
        this.container = container;
        this.lock = lock;
        this.whenEnded = whenEnded;
        in = new Direction(client, container);
        out = new Direction(container, client);
        clientWatch = worker.loop.watch(client, ALL, events -> goOn(client, events));
        try {
            containerWatch = worker.loop.watch(container, ALL, events -> goOn(container, events));
        } catch (ErrnoException e) {
            clientWatch.close();
            throw e;
        }
    }

    private void goOn(Fd from, int events) {
        lock.lock();
        try {
            if (!ended && isConnected(from)) {
                move((events & EventLoop.ERR) == 0 ? null : from);
            }
        } finally {
            lock.unlock();
        }
    }

    /// The container's first event tells whether it took the connection.
    private boolean isConnected(Fd from) {
        if (!connected && from.equals(container)) {
            if (Sockets.takeError(container) == 0) {
                connected = true;
            } else {
                abort();
            }
        }
        return connected;
    }

    /// A connection that can't go on ends: nobody would look at it again.
    ///
    /// @param failed the side that has failed, if one has
    private void move(@Nullable Fd failed) {
        try {
            moveOn(failed);
        } catch (ErrnoException e) {
            abort();
        }
    }

    private void moveOn(@Nullable Fd failed) {
        boolean more = in.move(worker.bytes()) | out.move(worker.bytes());
        if (client.equals(failed) || in.hasFailed()) {
            abort();
            return;
        }
        if (container.equals(failed)) {
            // what it said before may still be on its way
            in.giveUp();
        }
        if (in.isOver() && out.isOver()) {
            end();
        } else if (more) {
            worker.later(this::goOn);
        }
    }

    private void goOn() {
        lock.lock();
        try {
            if (!ended) {
                move(null);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Both sides are told of a failure.
    void abort() {
        Sockets.resetOnClose(client);
        Sockets.resetOnClose(container);
        end();
    }

    private void end() {
        ended = true;
        clientWatch.close();
        containerWatch.close();
        client.close();
        container.close();
        whenEnded.accept(this);
    }
}
