/// Networks of containers: the drivers bridge, host and none, addresses, published ports, and the
/// content of the files `/etc/resolv.conf` and `/etc/hosts`.
///
/// Belongs here: what a network is, which address, veth and rules a container gets, and what is
/// dropped when it ends. Does not belong here: the wire format of netlink (`linux.netlink`), the
/// namespace of `container:ID` (the engine passes the other container's), mounting the files
/// (runtime). Start with {@link dev.carafe.network.Networks}.
@NullMarked
package dev.carafe.network;

import org.jspecify.annotations.NullMarked;
