package dev.carafe.network;

import dev.carafe.base.Internal;
import dev.carafe.base.ResourceExhausted;
import dev.carafe.base.Undo;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Sockets;
import dev.carafe.linux.Sysctls;
import dev.carafe.network.relay.Relay;
import dev.carafe.network.relay.Relays;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The host's ports given to containers. Each is held by a bound socket: nobody else on the host
/// can take the port, and a conflict is seen at once. It listens only where what the rules do not
/// redirect is relayed, and refuses that otherwise, as a closed port. Not thread-safe.
final class HostPorts implements AutoCloseable {
    private static final int SO_REUSEADDR = 2;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;
    private static final int DEFAULT_FIRST = 32768;
    private static final int DEFAULT_LAST = 60999;
    private static final String RANGE = "net.ipv4.ip_local_port_range";

    /// @param address unspecified (0.0.0.0, ::) for all of the host's of the family
    record Key(Protocol protocol, InetAddress address, int port) {
        boolean overlaps(Key other) {
            return protocol == other.protocol
                    && port == other.port
                    && IpFamily.of(address) == IpFamily.of(other.address)
                    && (address.equals(other.address)
                            || address.isAnyLocalAddress()
                            || other.address.isAnyLocalAddress());
        }
    }

    /// A port that is held.
    private static final class Held {
        /// Null where no socket could hold it.
        private final @Nullable Fd socket;

        private @Nullable Relay relay;

        Held(@Nullable Fd socket) {
            this.socket = socket;
        }

        void quieten() {
            if (relay != null) {
                relay.close();
                relay = null;
            }
        }

        void close() {
            quieten();
            if (socket != null) {
                socket.close();
            }
        }
    }

    private final Map<Key, Held> held = new HashMap<>();
    private final Relays relays = new Relays();
    private int next;

    /// Takes one port of the host at several addresses: the wanted one, or with port 0 a free one
    /// of the host's range for local ports.
    ///
    /// @param wanted the same but for their addresses
    /// @return the bindings with their real host port
    /// @throws Internal taken, with docker's words
    List<PortBinding> take(List<PortBinding> wanted) {
        int port = wanted.getFirst().hostPort();
        if (port != 0) {
            return hold(wanted, port);
        }
        int[] range = range();
        int count = range[1] - range[0] + 1;
        for (int i = 0; i < count; i++) {
            int candidate = range[0] + Math.floorMod(next++, count);
            if (wanted.stream().map(w -> keyOf(w.on(candidate))).allMatch(this::isFree)) {
                try {
                    return hold(wanted, candidate);
                } catch (Internal e) {
                    // somebody else's: the next one
                    continue;
                }
            }
        }
        throw new ResourceExhausted("all ports are allocated");
    }

    private List<PortBinding> hold(List<PortBinding> wanted, int port) {
        try (Undo undo = new Undo()) {
            List<PortBinding> taken = new ArrayList<>();
            for (PortBinding binding : wanted) {
                PortBinding at = binding.on(port);
                hold(keyOf(at), at);
                undo.push(() -> release(at));
                taken.add(at);
            }
            undo.keep();
            return taken;
        }
    }

    /// Takes back the port of a container that lived on while the daemon was away. Its rules stand
    /// already, so it is recorded even when somebody has taken the port meanwhile.
    void restore(PortBinding binding) {
        if (binding.hostPort() == 0) {
            return;
        }
        Key key = keyOf(binding);
        try {
            held.put(key, bind(key));
        } catch (ErrnoException e) {
            held.put(key, new Held(null));
        }
    }

    /// Sends what comes to the port's socket to a container from now on, by this process.
    ///
    /// @throws ErrnoException somebody else listens there, beside it
    void relay(PortBinding binding, InetAddress container) {
        Held port = held.get(keyOf(binding));
        if (port == null || port.socket == null) {
            return;
        }
        port.quieten();
        int to = binding.containerPort();
        port.relay =
                switch (Protocol.of(binding.protocol())) {
                    case TCP -> relays.tcp(port.socket, container, to);
                    case UDP -> relays.udp(port.socket, container, to);
                    case SCTP -> null;
                };
    }

    /// Ends that.
    void quieten(PortBinding binding) {
        Held port = held.get(keyOf(binding));
        if (port != null) {
            port.quieten();
        }
    }

    void release(PortBinding binding) {
        Held socket = held.remove(keyOf(binding));
        if (socket != null) {
            socket.close();
        }
    }

    static Key keyOf(PortBinding binding) {
        return new Key(
                Protocol.of(binding.protocol()), addressOf(binding.hostIp()), binding.hostPort());
    }

    private static InetAddress addressOf(String text) {
        return Addresses.parse(text.isEmpty() ? "0.0.0.0" : text);
    }

    private boolean isFree(Key key) {
        return held.keySet().stream().noneMatch(key::overlaps);
    }

    private void hold(Key key, PortBinding wanted) {
        String address = Addresses.format(key.address());
        String host = (address.contains(":") ? "[" + address + "]" : address) + ":" + key.port();
        if (!isFree(key)) {
            throw new Internal("Bind for " + host + " failed: port is already allocated");
        }
        try {
            held.put(key, bind(key));
        } catch (ErrnoException e) {
            String why = e.errorText();
            throw new Internal(
                    "failed to bind host port "
                            + host
                            + "/"
                            + wanted.protocol()
                            + ": "
                            + Character.toLowerCase(why.charAt(0))
                            + why.substring(1));
        }
    }

    private static Held bind(Key key) {
        int type =
                switch (key.protocol()) {
                    case TCP -> Sockets.SOCK_STREAM;
                    case UDP -> Sockets.SOCK_DGRAM;
                    case SCTP -> 0;
                };
        if (type == 0) {
            // kernels without SCTP sockets can still redirect it
            return new Held(null);
        }
        try {
            return new Held(bound(key, type, false));
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EADDRINUSE || type != Sockets.SOCK_STREAM) {
                throw e;
            }
            // old connections in TIME_WAIT refuse a plain bind, but this one only when nobody
            // listens
            return new Held(bound(key, type, true));
        }
    }

    private static Fd bound(Key key, int type, boolean reuse) {
        boolean six = IpFamily.of(key.address()) == IpFamily.V6;
        Fd socket =
                Sockets.socket(
                        six ? Sockets.AF_INET6 : Sockets.AF_INET, type | Sockets.SOCK_NONBLOCK, 0);
        try {
            if (six) {
                Sockets.setOption(socket, IPPROTO_IPV6, IPV6_V6ONLY, 1);
            }
            if (reuse) {
                Sockets.setOption(socket, Sockets.SOL_SOCKET, SO_REUSEADDR, 1);
            }
            Sockets.bind(socket, Sockets.address(key.address(), key.port()));
            return socket;
        } catch (ErrnoException e) {
            socket.close();
            throw e;
        }
    }

    /// Whether something can be bound at `::1`.
    static boolean hasSix() {
        try (Fd socket = Sockets.socket(Sockets.AF_INET6, Sockets.SOCK_STREAM, 0)) {
            Sockets.bind(socket, Sockets.address(InetAddress.ofLiteral("::1"), 0));
            return true;
        } catch (ErrnoException e) {
            return false;
        }
    }

    private static int[] range() {
        String[] parts =
                Sysctls.get(RANGE).orElse(DEFAULT_FIRST + " " + DEFAULT_LAST).strip().split("\\s+");
        return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])};
    }

    @Override
    public void close() {
        held.values().forEach(Held::close);
        held.clear();
        relays.close();
    }
}
