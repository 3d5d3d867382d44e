package dev.carafe.network;

import dev.carafe.base.InvalidArgument;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Hardware addresses.
final class MacAddress {
    private MacAddress() {}

    /// As docker makes them of an IPv4 address, `02:42:` and its last four bytes: the same address
    /// has the same hardware address, so that neighbours' ARP entries stay true when it goes to
    /// another container.
    static byte[] of(InetAddress address) {
        byte[] bytes = address.getAddress();
        byte[] mac = {2, 0x42, 0, 0, 0, 0};
        System.arraycopy(bytes, bytes.length - 4, mac, 2, 4);
        return mac;
    }

    static byte[] random() {
        byte[] mac = new byte[6];
        new SecureRandom().nextBytes(mac);
        mac[0] = 2;
        mac[1] = 0x42;
        return mac;
    }

    /// @throws InvalidArgument unless it is six pairs of hex digits with colons
    static byte[] parse(String text) {
        try {
            byte[] bytes = HexFormat.ofDelimiter(":").parseHex(text);
            if (bytes.length == 6) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidArgument("invalid MAC address: " + text);
        }
        throw new InvalidArgument("invalid MAC address: " + text);
    }

    static String format(byte[] bytes) {
        return HexFormat.ofDelimiter(":").formatHex(bytes);
    }
}
