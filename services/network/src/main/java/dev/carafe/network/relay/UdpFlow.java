package dev.carafe.network.relay;

import dev.carafe.base.Undo;
import dev.carafe.linux.Datagram;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.EventLoop;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Sockets;
import java.time.Duration;
import java.util.function.Consumer;

/// One client's socket to the container. Used under the relay's lock.
final class UdpFlow implements AutoCloseable {
    private static final int EVENTS = EventLoop.IN | EventLoop.EDGE;

    private final Fd socket;
    private final EventLoop.Registration watch;
    private long usedNanos = System.nanoTime();

    /// @param container a socket's address
    /// @param answers is called on the loop's thread when there are any
    static UdpFlow open(byte[] container, Consumer<UdpFlow> answers, EventLoop loop) {
        int family = container.length == 16 ? Sockets.AF_INET : Sockets.AF_INET6;
        try (Undo undo = new Undo()) {
            Fd socket = Sockets.socket(family, Sockets.SOCK_DGRAM | Sockets.SOCK_NONBLOCK, 0);
            undo.push(socket::close);
            Sockets.connect(socket, container);
            UdpFlow flow = new UdpFlow(socket, answers, loop);
            undo.keep();
            return flow;
        }
    }

    private UdpFlow(Fd socket, Consumer<UdpFlow> answers, EventLoop loop) {
        this.socket = socket;
        watch = loop.watch(socket, EVENTS, unused -> answers.accept(this));
    }

    void send(Datagram datagram) {
        usedNanos = System.nanoTime();
        datagram.write(socket);
    }

    /// Takes the container's answers to the client.
    ///
    /// @return whether there may be more
    boolean answer(Datagram datagram, Fd bound, Datagram.Way way, int most) {
        usedNanos = System.nanoTime();
        for (int i = 0; i < most; i++) {
            try {
                if (!datagram.read(socket)) {
                    return false;
                }
                datagram.answer(bound, way);
            } catch (ErrnoException e) {
                // nobody listens in the container, yet: the client is not told, as by docker-proxy
                continue;
            }
        }
        return true;
    }

    boolean isIdle(long nowNanos, Duration after) {
        return nowNanos - usedNanos > after.toNanos();
    }

    @Override
    public void close() {
        watch.close();
        socket.close();
    }
}
