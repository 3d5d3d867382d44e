package dev.carafe.network.relay;

import dev.carafe.linux.Datagram;
import dev.carafe.linux.Datagram.Way;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.EventLoop;
import dev.carafe.linux.Fd;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A port of UDP. Each client has a socket of its own to the container until neither has said
/// anything for a while; with too many clients the one that was silent longest loses its own.
final class UdpRelay implements Relay {
    private static final System.Logger LOG = System.getLogger(UdpRelay.class.getName());

    /// As docker-proxy's.
    private static final Duration IDLE = Duration.ofSeconds(90);

    private static final Duration SWEEP = Duration.ofSeconds(30);
    private static final int MOST_CLIENTS = 1024;

    /// Datagrams taken in before others have their turn.
    private static final int AT_ONCE = 64;

    private final Worker worker;
    private final Fd bound;
    private final byte[] container;
    private final ReentrantLock lock = new ReentrantLock();

    /// Least recently used first.
    private final Map<Way, UdpFlow> flows = new LinkedHashMap<>(16, 0.75f, true);

    private final Runnable again = this::receive;
    private final EventLoop.Registration watch;
    private @Nullable Thread sweeper;
    private boolean closed;

    /// @param container a socket's address
    UdpRelay(Worker worker, Fd bound, byte[] container) {
        this.worker = worker;
        this.bound = bound;
        this.container = container;
        Datagram.tellOwnAddress(bound);
        watch = worker.loop.watch(bound, EventLoop.IN | EventLoop.EDGE, unused -> receive());
    }

    private void receive() {
        lock.lock();
        try {
            Datagram datagram = worker.datagram();
            for (int i = 0; i < AT_ONCE && !closed; i++) {
                if (!datagram.receive(bound)) {
                    return;
                }
                UdpFlow flow = flowOf(datagram.way());
                if (flow != null) {
                    flow.send(datagram);
                }
            }
            if (!closed) {
                worker.later(again);
            }
        } catch (ErrnoException e) {
            // of one datagram; the next one is another matter
            LOG.log(Level.DEBUG, "a datagram for a published port is lost", e);
        } finally {
            lock.unlock();
        }
    }

    /// @return null when there can't be one: the datagram is lost
    private @Nullable UdpFlow flowOf(Way way) {
        UdpFlow known = flows.get(way);
        if (known != null) {
            return known;
        }
        if (flows.size() >= MOST_CLIENTS) {
            remove(flows.keySet().iterator().next());
        }
        if (!worker.places.take()) {
            return null;
        }
        try {
            UdpFlow flow = UdpFlow.open(container, f -> answer(f, way), worker.loop);
            flows.put(way, flow);
            sweep();
            return flow;
        } catch (ErrnoException e) {
            worker.places.giveBack();
            return null;
        }
    }

    private void answer(UdpFlow flow, Way way) {
        lock.lock();
        try {
            if (flows.get(way) == flow && flow.answer(worker.datagram(), bound, way, AT_ONCE)) {
                worker.later(() -> answer(flow, way));
            }
        } finally {
            lock.unlock();
        }
    }

    private void remove(Way way) {
        UdpFlow flow = flows.remove(way);
        if (flow != null) {
            flow.close();
            worker.places.giveBack();
        }
    }

    private void sweep() {
        if (sweeper == null) {
            sweeper = Thread.ofVirtual().name("carafe-relay-idle").start(this::sweepUntilEmpty);
        }
    }

    private void sweepUntilEmpty() {
        try {
            do {
                Thread.sleep(SWEEP);
            } while (dropIdle());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return whether there are clients left
    private boolean dropIdle() {
        lock.lock();
        try {
            long now = System.nanoTime();
            Iterator<Map.Entry<Way, UdpFlow>> oldest = flows.entrySet().iterator();
            while (oldest.hasNext()) {
                UdpFlow flow = oldest.next().getValue();
                if (!flow.isIdle(now, IDLE)) {
                    break;
                }
                oldest.remove();
                flow.close();
                worker.places.giveBack();
            }
            if (flows.isEmpty()) {
                sweeper = null;
            }
            return !flows.isEmpty();
        } finally {
            lock.unlock();
        }
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
            List.copyOf(flows.keySet()).forEach(this::remove);
            if (sweeper != null) {
                sweeper.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }
}
