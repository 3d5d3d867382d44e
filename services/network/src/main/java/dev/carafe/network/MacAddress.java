package dev.carafe.network;

import dev.carafe.base.InvalidArgument;
import java.util.HexFormat;

/// Hardware addresses.
final class MacAddress {
    private MacAddress() {}

    /// As docker makes them of an IPv4 address, `02:42:` and its bytes: the same address has the
    /// same hardware address, so that neighbours' ARP entries stay true when it goes to another
    /// container.
    static byte[] of(int address) {
        return new byte[] {
            2,
            0x42,
            (byte) (address >> 24),
            (byte) (address >> 16),
            (byte) (address >> 8),
            (byte) address
        };
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
