package dev.carafe.network.relay;

import dev.carafe.linux.Fd;
import dev.carafe.linux.Sockets;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Relays of one engine, on one thread that begins with the first. Connections end with the
/// process; whoever takes up the containers opens the same ports again. Thread-safe.
public final class Relays implements AutoCloseable {
    private @Nullable Worker worker;

    /// Takes connections of TCP at a bound, non-blocking socket, and sends them on.
    ///
    /// @param bound stays the caller's, who closes the relay first
    public Relay tcp(Fd bound, InetAddress container, int port) {
        return new TcpRelay(worker(), bound, Sockets.address(container, port));
    }

    /// Takes datagrams at a bound, non-blocking socket of AF_INET6, sends them on, and answers
    /// back.
    ///
    /// @param bound stays the caller's, who closes the relay first
    public Relay udp(Fd bound, InetAddress container, int port) {
        return new UdpRelay(worker(), bound, Sockets.address(container, port));
    }

    private synchronized Worker worker() {
        Worker known = worker;
        if (known == null) {
            known = new Worker();
            worker = known;
        }
        return known;
    }

    /// Ends the thread; the relays are closed before.
    @Override
    public synchronized void close() {
        if (worker != null) {
            worker.close();
            worker = null;
        }
    }
}
