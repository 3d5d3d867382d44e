package dev.carafe.network;

import java.util.List;

/// Content of a container's `/etc/hosts`, in docker's order: localhost, IPv6 names, extra hosts,
/// the container's own addresses.
public final class HostsFile {
    private static final List<Entry> COMMON =
            List.of(
                    new Entry("127.0.0.1", "localhost"),
                    new Entry("::1", "localhost ip6-localhost ip6-loopback"),
                    new Entry("fe00::", "ip6-localnet"),
                    new Entry("ff00::", "ip6-mcastprefix"),
                    new Entry("ff02::1", "ip6-allnodes"),
                    new Entry("ff02::2", "ip6-allrouters"));

    private HostsFile() {}

    /// A further line.
    public record Entry(String address, String names) {
        /// With its end.
        public String line() {
            return address + '\t' + names + '\n';
        }
    }

    /// @param own the container's addresses, each with `hostname` (and the domain name form first,
    ///   when it has one); empty for a container without a network
    public static String content(
            List<Entry> extra, List<String> own, String hostname, String domainname) {
        StringBuilder out = new StringBuilder();
        COMMON.forEach(e -> out.append(e.line()));
        extra.forEach(e -> out.append(e.line()));
        own.forEach(address -> out.append(own(address, hostname, domainname)));
        return out.toString();
    }

    /// The line of one of the container's own addresses: its whole name, and the first word of it.
    public static String own(String address, String hostname, String domainname) {
        String full = domainname.isEmpty() ? hostname : hostname + "." + domainname;
        int dot = full.indexOf('.');
        return new Entry(address, dot < 0 ? full : full + " " + full.substring(0, dot)).line();
    }
}
