/// The name server that containers of user-defined networks find at 127.0.0.11.
///
/// Belongs here: answering queries, forwarding them, and the sockets inside a container's network
/// namespace. Does not belong here: who has which name (the room's root package implements {@link
/// dev.carafe.network.dns.Directory}), and the wire format (dnsjava). Start with {@link
/// dev.carafe.network.dns.NameServer}.
@NullMarked
package dev.carafe.network.dns;

import org.jspecify.annotations.NullMarked;
