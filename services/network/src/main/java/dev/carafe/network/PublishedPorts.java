package dev.carafe.network;

import dev.carafe.base.NotImplemented;
import dev.carafe.base.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The host's ports given to containers, and the rules that send them on. Thread-safe.
final class PublishedPorts implements AutoCloseable {
    private final NetworkOptions options;
    private final Supplier<HostKernel> kernel;
    private final ReentrantLock lock = new ReentrantLock();
    private final HostPorts hostPorts = new HostPorts();

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

    void release(List<PortBinding> ports) {
        lock.lock();
        try {
            ports.forEach(hostPorts::release);
        } finally {
            lock.unlock();
        }
    }

    /// Sends ports that were taken to a container from now on.
    void open(List<PortBinding> ports, Ways ways) {
        List<Published> published = Published.of(ports, ways);
        if (!published.isEmpty()) {
            kernel.get().firewall().publish(published);
            kernel.get().udp().forgetBefore(published);
        }
    }

    /// Sends them nowhere.
    void close(List<PortBinding> ports, Ways ways) {
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
