package dev.carafe.network.dns;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// The names that one container may know. Called by many threads.
public interface Directory {
    /// Addresses of both families.
    ///
    /// @param name without a dot at its end, in any case
    /// @return empty when nobody here has the name; an empty list never
    Optional<List<InetAddress>> addresses(String name);

    /// The name of whoever has the address, without a dot at its end.
    Optional<String> nameOf(InetAddress address);

    /// Whether queries for other names may be asked from the host.
    boolean mayForward();
}
