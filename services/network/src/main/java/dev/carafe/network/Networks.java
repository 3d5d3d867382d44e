package dev.carafe.network;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All networks of one engine, and who is on them. Thread-safe.
///
/// Nothing of the host is touched before the first container needs it: a bridge, its rules and `ip_forward` come with
/// the first attachment to it, and every later call finds them or makes them again.
public final class Networks implements AutoCloseable {
    /// @param stateDir durable: what networks exist. Made when missing
    public Networks(Path stateDir, NetworkOptions options) {
        this(stateDir, stateDir.resolve("run"), options);
    }

    /// @param runDir who is attached: must survive the daemon, need not survive a boot
    public Networks(Path stateDir, Path runDir, NetworkOptions options) {}

    public List<Network> list() {
        throw new UnsupportedOperationException();
    }

    /// By name, id or unique prefix of an id.
    ///
    /// @throws dev.carafe.base.NotFound "network x not found"
    public Network get(String nameOrId) {
        throw new UnsupportedOperationException();
    }

    /// Makes a user-defined network.
    ///
    /// @throws dev.carafe.base.AlreadyExists when the name is taken
    /// @throws dev.carafe.base.PermissionDenied when its subnet overlaps another's
    public Network create(CreateNetwork wanted) {
        throw new UnsupportedOperationException();
    }

    /// @throws dev.carafe.base.PermissionDenied for a predefined one, or with containers on it
    public void remove(String nameOrId) {
        throw new UnsupportedOperationException();
    }

    /// Who is on a network: endpoints by container id.
    public Map<String, Endpoint> endpoints(String networkId) {
        throw new UnsupportedOperationException();
    }

    /// Puts a container on a network: address, devices, published ports.
    ///
    /// @throws dev.carafe.base.NotFound no such network
    /// @throws dev.carafe.base.ResourceExhausted no address left
    /// @throws dev.carafe.base.Internal a port is taken; the message has docker's words
    public Sandbox attach(AttachRequest request) {
        throw new UnsupportedOperationException();
    }

    /// Takes a container off its networks and frees what it had. Does nothing when it has none.
    public void detach(String containerId) {
        throw new UnsupportedOperationException();
    }

    /// What a container has now, also after a restart of the daemon.
    public Optional<Attached> attached(String containerId) {
        throw new UnsupportedOperationException();
    }

    /// After a restart: keeps what belongs to live containers, restores their rules and drops the rest.
    public void recover(Set<String> liveContainerIds) {
        throw new UnsupportedOperationException();
    }

    /// Lets go. Bridges and rules stay while containers are attached, and are removed otherwise.
    @Override
    public void close() {}
}
