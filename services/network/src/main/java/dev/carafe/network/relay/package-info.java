/// Published ports that the kernel's rules can't lead to a container: a client of IPv6 and a
/// container of IPv4, or the host's own `::1`. What docker has a process for at each port
/// (docker-proxy), one thread does here for all ports, with epoll(7). Nothing is copied into memory
/// of a connection: what the other side does not take stays with its sender. Start at {@link
/// dev.carafe.network.relay.Relays}.
@NullMarked
package dev.carafe.network.relay;

import org.jspecify.annotations.NullMarked;
