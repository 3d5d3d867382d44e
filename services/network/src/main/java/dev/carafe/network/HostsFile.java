package dev.carafe.network;

import java.util.List;

/// Content of a container's `/etc/hosts`, in docker's order: localhost, IPv6 names, extra hosts, the container's own
/// addresses.
public final class HostsFile {
    private HostsFile() {}

    /// A further line.
    public record Entry(String address, String names) {}

    /// @param own the container's addresses, each with `hostname` (and the domain name form first, when it has one);
    ///     empty for a container without a network
    public static String content(List<Entry> extra, List<String> own, String hostname, String domainname) {
        throw new UnsupportedOperationException();
    }
}
