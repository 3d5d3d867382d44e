package dev.carafe.network;

import dev.carafe.base.NotImplemented;
import dev.carafe.base.Undo;
import dev.carafe.network.Firewall.Published;
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
    /// @param address of the host, for those that name none
    /// @return with their real host addresses and ports
    /// @throws dev.carafe.base.Internal one is taken; the message has docker's words
    List<PortBinding> take(List<PortBinding> wanted, String address) {
        if (!wanted.isEmpty() && !options.firewall()) {
            throw new NotImplemented("published ports need the engine's own firewall rules");
        }
        lock.lock();
        try (Undo undo = new Undo()) {
            List<PortBinding> ports = new ArrayList<>();
            for (PortBinding port : wanted) {
                PortBinding taken =
                        hostPorts.take(port.hostIp().isEmpty() ? port.at(address) : port);
                ports.add(taken);
                undo.push(() -> hostPorts.release(taken));
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

    /// Sends ports that were taken to a container's endpoint from now on.
    void open(List<PortBinding> ports, Endpoint endpoint) {
        List<Published> published = published(ports, endpoint);
        if (!published.isEmpty()) {
            kernel.get().firewall().publish(published);
            kernel.get().udp().forgetBefore(published);
        }
    }

    /// Sends them nowhere.
    void close(List<PortBinding> ports, Endpoint endpoint) {
        List<Published> published = published(ports, endpoint);
        if (!published.isEmpty()) {
            kernel.get().firewall().withdraw(published);
            kernel.get().udp().forgetAfter(published);
        }
    }

    static List<Published> published(List<PortBinding> ports, Endpoint endpoint) {
        int address = Subnet.parseAddress(endpoint.ipAddress());
        return ports.stream().map(p -> new Published(p, address)).toList();
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
