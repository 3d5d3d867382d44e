package dev.carafe.network;

import dev.carafe.base.InvalidArgument;

/// An IPv4 range in CIDR form. Addresses are ints in network order of significance (10.0.0.1 =
/// 0x0a000001), to be compared unsigned.
public record Subnet(int address, int prefixLength) {
    public Subnet {
        if (prefixLength < 0 || prefixLength > 32) {
            throw new InvalidArgument("invalid prefix length " + prefixLength);
        }
        if ((address & ~maskOf(prefixLength)) != 0) {
            throw new InvalidArgument(
                    "invalid subnet "
                            + format(address)
                            + "/"
                            + prefixLength
                            + ": it should be "
                            + format(address & maskOf(prefixLength))
                            + "/"
                            + prefixLength);
        }
    }

    /// Reads `172.17.0.0/16`.
    ///
    /// @throws InvalidArgument for anything else, host bits included
    public static Subnet parse(String cidr) {
        return new Subnet(addressPart(cidr), lengthPart(cidr));
    }

    /// The subnet of an interface's address as in `172.17.0.1/16`.
    public static Subnet around(String interfaceCidr) {
        int length = lengthPart(interfaceCidr);
        return new Subnet(addressPart(interfaceCidr) & maskOf(length), length);
    }

    /// The address of `172.17.0.1/16`.
    static int addressPart(String cidr) {
        int slash = cidr.indexOf('/');
        return parseAddress(slash < 0 ? cidr : cidr.substring(0, slash));
    }

    private static int lengthPart(String cidr) {
        try {
            return Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
        } catch (NumberFormatException e) {
            throw new InvalidArgument("invalid CIDR address: " + cidr);
        }
    }

    /// Reads `10.0.0.1`.
    static int parseAddress(String text) {
        String[] parts = text.split("\\.", -1);
        int value = 0;
        for (String part : parts) {
            if (parts.length != 4
                    || part.isEmpty()
                    || part.length() > 3
                    || !part.chars().allMatch(c -> c >= '0' && c <= '9')
                    || Integer.parseInt(part) > 255) {
                throw new InvalidArgument("invalid IPv4 address: " + text);
            }
            value = value << 8 | Integer.parseInt(part);
        }
        return value;
    }

    static String format(int address) {
        return (address >>> 24)
                + "."
                + (address >>> 16 & 255)
                + "."
                + (address >>> 8 & 255)
                + "."
                + (address & 255);
    }

    private static int maskOf(int length) {
        return length == 0 ? 0 : -1 << (32 - length);
    }

    public boolean contains(int other) {
        return (other & maskOf(prefixLength)) == address;
    }

    public boolean overlaps(Subnet other) {
        return prefixLength <= other.prefixLength
                ? contains(other.address)
                : other.contains(address);
    }

    /// The highest address: the broadcast address.
    public int last() {
        return address | ~maskOf(prefixLength);
    }

    @Override
    public String toString() {
        return format(address) + "/" + prefixLength;
    }
}
