package dev.carafe.network;

import java.util.List;

/// How a container resolves names, where it differs from the daemon's settings; empty lists do not.
///
/// @param servers in place of the host's
/// @param search domains tried with short names; a single `.` means none
/// @param options of resolv.conf(5)
public record ResolverSettings(List<String> servers, List<String> search, List<String> options) {
    public static final ResolverSettings NONE =
            new ResolverSettings(List.of(), List.of(), List.of());

    public ResolverSettings {
        servers = servers == null ? List.of() : List.copyOf(servers);
        search = search == null ? List.of() : List.copyOf(search);
        options = options == null ? List.of() : List.copyOf(options);
    }

    /// With the daemon's settings where these have none.
    ResolverSettings over(NetworkOptions daemon) {
        return new ResolverSettings(
                servers.isEmpty() ? daemon.dns() : servers,
                search.isEmpty() ? daemon.dnsSearch() : search,
                options.isEmpty() ? daemon.dnsOptions() : options);
    }
}
