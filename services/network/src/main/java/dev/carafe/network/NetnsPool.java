package dev.carafe.network;

import dev.carafe.base.Undo;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Namespaces;
import dev.carafe.linux.Sysctls;
import dev.carafe.linux.netlink.LinkMessages;
import dev.carafe.linux.netlink.NetlinkSocket;
import dev.carafe.network.dns.NameSockets;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Network namespaces made ahead, loopback up, so that a start need not wait for one (about half a
/// millisecond). Thread-safe. A namespace that was taken is never given back: its next owner gets a
/// fresh one.
final class NetnsPool implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NetnsPool.class.getName());
    private static final int LOOPBACK = 1;

    /// Below are the numbers that a launch plan puts things at.
    private static final int FIRST_DESCRIPTOR = 64;

    private static final String DEFAULT_DISABLE_IPV6 = "net.ipv6.conf.default.disable_ipv6";

    private final int size;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition taken = lock.newCondition();
    private final Deque<FreshNetns> ready = new ArrayDeque<>();
    private @Nullable Thread filler;
    private boolean closed;

    private final Wiring wiring;
    private final boolean named;

    /// Puts devices into a new namespace.
    interface Wiring {
        /// @param route a netlink socket inside
        /// @return the device's name at the host, empty without one
        String wire(Fd netns, NetlinkSocket route);
    }

    /// Namespaces without a device.
    static NetnsPool plain(int size) {
        return new NetnsPool(size, (netns, route) -> "", false);
    }

    /// @param named each with sockets for a name server
    NetnsPool(int size, Wiring wiring, boolean named) {
        this.size = size;
        this.wiring = wiring;
        this.named = named;
    }

    /// A namespace with loopback up, and with one end of a pair of devices when the pool wires it.
    ///
    /// @param route a netlink socket inside; close it after use, it keeps the namespace alive
    /// @param device the pair's end at the host, not yet in use, or empty
    /// @param names for a name server, in a pool for those
    record FreshNetns(Fd netns, NetlinkSocket route, String device, @Nullable NameSockets names)
            implements AutoCloseable {
        @Override
        public void close() {
            if (names != null) {
                names.close();
            }
            route.close();
            netns.close();
        }
    }

    /// Prepares a namespace that somebody else has made; it stays theirs.
    static FreshNetns adopt(Fd netns) {
        return Namespaces.inNetns(netns, () -> makeInside(false));
    }

    /// Takes a ready one, or makes one.
    FreshNetns take() {
        lock.lock();
        try {
            FreshNetns first = ready.poll();
            startFilling();
            taken.signal();
            if (first != null) {
                return first;
            }
        } finally {
            lock.unlock();
        }
        return make();
    }

    /// Starts filling in the background.
    void warm() {
        lock.lock();
        try {
            startFilling();
        } finally {
            lock.unlock();
        }
    }

    private void startFilling() {
        if (filler == null && size > 0 && !closed) {
            filler = Thread.ofPlatform().name("carafe-netns-pool").daemon().start(this::fill);
        }
    }

    private void fill() {
        try {
            while (awaitRoom()) {
                put(make());
            }
        } catch (RuntimeException e) {
            if (!isClosed()) {
                // takers then make their own, and report why they can't
                LOG.log(Level.WARNING, "cannot make network namespaces ahead", e);
            }
        } finally {
            ended();
        }
    }

    /// The next taker starts another one.
    private void ended() {
        lock.lock();
        try {
            filler = null;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitRoom() {
        lock.lock();
        try {
            while (!closed && ready.size() >= size) {
                taken.awaitUninterruptibly();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void put(FreshNetns fresh) {
        lock.lock();
        try {
            if (!closed) {
                ready.add(fresh);
                return;
            }
        } finally {
            lock.unlock();
        }
        fresh.close();
    }

    private FreshNetns make() {
        try (Undo undo = new Undo()) {
            FreshNetns inside = Namespaces.inNewNetns(() -> makeInside(named));
            undo.push(inside::close);
            String device = wiring.wire(inside.netns(), inside.route());
            undo.keep();
            return new FreshNetns(inside.netns(), inside.route(), device, inside.names());
        }
    }

    private static FreshNetns makeInside(boolean named) {
        try (Undo undo = new Undo()) {
            NetlinkSocket route = NetlinkSocket.route();
            undo.push(route::close);
            route.run(LinkMessages.up(LOOPBACK));
            // devices that come later have no IPv6; loopback keeps ::1
            if (Sysctls.get(DEFAULT_DISABLE_IPV6).isPresent()) {
                Sysctls.set(DEFAULT_DISABLE_IPV6, "1");
            }
            NameSockets names = named ? NameSockets.open() : null;
            if (names != null) {
                undo.push(names::close);
            }
            Fd netns = Namespaces.current("net").moveAbove(FIRST_DESCRIPTOR);
            undo.keep();
            return new FreshNetns(netns, route, "", names);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            ready.forEach(FreshNetns::close);
            ready.clear();
            taken.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
