package dev.carafe.network;

import dev.carafe.linux.netlink.NfTables.Family;
import java.net.Inet4Address;
import java.net.InetAddress;

/// The two kinds of addresses, and what the rules need to know of each.
enum IpFamily {
    V4(Family.IP, "IPv4", 1),
    V6(Family.IP6, "IPv6", 58);

    final Family rules;
    final String text;

    /// Protocol number of ICMP of this family.
    final int icmp;

    IpFamily(Family rules, String text, int icmp) {
        this.rules = rules;
        this.text = text;
        this.icmp = icmp;
    }

    /// `0.0.0.0` or `::`.
    InetAddress any() {
        return Addresses.parse(this == V4 ? "0.0.0.0" : "::");
    }

    static IpFamily of(InetAddress address) {
        return address instanceof Inet4Address ? V4 : V6;
    }
}
