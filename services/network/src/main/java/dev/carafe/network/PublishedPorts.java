package dev.carafe.network;

import dev.carafe.base.Internal;
import dev.carafe.base.NotImplemented;
import dev.carafe.base.Subject;
import dev.carafe.base.Undo;
import dev.carafe.linux.ErrnoException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The host's ports given to containers, and what sends them on: rules of the kernel, and a relay
/// where rules can't. Thread-safe.
final class PublishedPorts implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PublishedPorts.class.getName());

    private final NetworkOptions options;
    private final Supplier<HostKernel> kernel;
    private final ReentrantLock lock = new ReentrantLock();
    private final HostPorts hostPorts = new HostPorts();
    private @Nullable Boolean six;

    PublishedPorts(NetworkOptions options, Supplier<HostKernel> kernel) {
        this.options = options;
        this.kernel = kernel;
    }

    /// Takes all of them, or none.
    ///
    /// @param wanted for each port the bindings that share one port of the host
    /// @return with their real ports
    /// @throws dev.carafe.base.Internal one is taken; the message has docker's words
    List<PortBinding> take(List<List<PortBinding>> wanted) {
        if (!wanted.isEmpty() && !options.firewall()) {
            throw new NotImplemented("published ports need the engine's own firewall rules");
        }
        lock.lock();
        try (Undo undo = new Undo()) {
            List<PortBinding> ports = new ArrayList<>();
            for (List<PortBinding> same : wanted) {
                List<PortBinding> taken = hostPorts.take(same);
                ports.addAll(taken);
                undo.push(() -> taken.forEach(hostPorts::release));
            }
            undo.keep();
            return ports;
        } finally {
            lock.unlock();
        }
    }

    /// Takes back those of a container that lived on.
    void restore(List<PortBinding> ports) {
        lock.lock();
        try {
            ports.forEach(hostPorts::restore);
        } finally {
            lock.unlock();
        }
    }

    /// What takes in clients of a container that lived on takes them in again.
    void relayAgain(List<PortBinding> ports, Ways ways) {
        try {
            relay(ports, ways);
        } catch (Internal e) {
            LOG.log(Level.WARNING, "somebody has taken a published port meanwhile", e);
        }
    }

    /// Whether the host can take in IPv6; asked once.
    boolean hasSix() {
        lock.lock();
        try {
            if (six == null) {
                six = HostPorts.hasSix();
            }
            return six;
        } finally {
            lock.unlock();
        }
    }

    void release(List<PortBinding> ports) {
        lock.lock();
        try {
            ports.forEach(hostPorts::release);
        } finally {
            lock.unlock();
        }
    }

    /// Sends ports that were taken to a container from now on.
    ///
    /// @throws dev.carafe.base.Internal somebody else listens at one that is relayed
    void open(List<PortBinding> ports, Ways ways) {
        List<Published> published = Published.of(ports, ways);
        if (!published.isEmpty()) {
            kernel.get().firewall().publish(published);
            kernel.get().udp().forgetBefore(published);
        }
        try {
            relay(ports, ways);
        } catch (Internal e) {
            close(ports, ways);
            throw e;
        }
    }

    private void relay(List<PortBinding> ports, Ways ways) {
        if (!options.relay()) {
            return;
        }
        lock.lock();
        try {
            Published.relayed(ports, ways).forEach(p -> relay(p.binding(), p.address()));
        } finally {
            lock.unlock();
        }
    }

    private void relay(PortBinding port, InetAddress container) {
        try {
            hostPorts.relay(port, container);
        } catch (ErrnoException e) {
            throw new Internal(
                    Subject.NONE, "failed to listen at " + port + ": " + e.errorText(), e);
        }
    }

    /// Sends them nowhere. Connections that are relayed end; others are the kernel's.
    void close(List<PortBinding> ports, Ways ways) {
        lock.lock();
        try {
            ports.forEach(hostPorts::quieten);
        } finally {
            lock.unlock();
        }
        List<Published> published = Published.of(ports, ways);
        if (!published.isEmpty()) {
            kernel.get().firewall().withdraw(published);
            kernel.get().udp().forgetAfter(published);
        }
    }

    /// Gives up all; the rules stay.
    @Override
    public void close() {
        lock.lock();
        try {
            hostPorts.close();
        } finally {
            lock.unlock();
        }
    }
}
