package dev.carafe.network;

import dev.carafe.base.InvalidArgument;
import java.math.BigInteger;
import java.net.InetAddress;

/// A range of addresses in CIDR form, of either family.
///
/// @param address the first
public record Subnet(InetAddress address, int prefixLength) {
    public Subnet {
        if (prefixLength < 0 || prefixLength > Addresses.bits(address)) {
            throw new InvalidArgument("invalid prefix length " + prefixLength);
        }
        InetAddress first = first(address, prefixLength);
        if (!first.equals(address)) {
            throw new InvalidArgument(
                    "invalid subnet "
                            + Addresses.format(address)
                            + "/"
                            + prefixLength
                            + ": it should be "
                            + Addresses.format(first)
                            + "/"
                            + prefixLength);
        }
    }

    /// Reads `172.17.0.0/16` or `fd00::/64`.
    ///
    /// @throws InvalidArgument for anything else, host bits included
    public static Subnet parse(String cidr) {
        return new Subnet(addressPart(cidr), lengthPart(cidr));
    }

    /// The subnet of an interface's address as in `172.17.0.1/16`.
    public static Subnet around(String interfaceCidr) {
        return around(addressPart(interfaceCidr), lengthPart(interfaceCidr));
    }

    static Subnet around(InetAddress address, int prefixLength) {
        return new Subnet(first(address, prefixLength), prefixLength);
    }

    /// One address.
    static Subnet of(InetAddress address) {
        return new Subnet(address, Addresses.bits(address));
    }

    /// The address of `172.17.0.1/16`.
    static InetAddress addressPart(String cidr) {
        int slash = cidr.indexOf('/');
        return Addresses.parse(slash < 0 ? cidr : cidr.substring(0, slash));
    }

    private static int lengthPart(String cidr) {
        try {
            return Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
        } catch (NumberFormatException e) {
            throw new InvalidArgument("invalid CIDR address: " + cidr);
        }
    }

    private static InetAddress first(InetAddress address, int length) {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int bits = Math.clamp(length - 8L * i, 0, 8);
            bytes[i] &= (byte) (0xff00 >> bits);
        }
        return Addresses.of(bytes);
    }

    IpFamily family() {
        return IpFamily.of(address);
    }

    /// All of another, which may be the same.
    boolean contains(Subnet other) {
        return other.prefixLength >= prefixLength && contains(other.address);
    }

    public boolean contains(InetAddress other) {
        return Addresses.bits(other) == Addresses.bits(address)
                && first(other, prefixLength).equals(address);
    }

    public boolean overlaps(Subnet other) {
        return prefixLength <= other.prefixLength
                ? contains(other.address)
                : other.contains(address);
    }

    /// How many addresses it has.
    BigInteger size() {
        return BigInteger.ONE.shiftLeft(Addresses.bits(address) - prefixLength);
    }

    /// The highest address: the broadcast address of IPv4.
    public InetAddress last() {
        return Addresses.plus(address, size().subtract(BigInteger.ONE));
    }

    /// The one after its first.
    InetAddress second() {
        return Addresses.plus(address, BigInteger.ONE);
    }

    @Override
    public String toString() {
        return Addresses.format(address) + "/" + prefixLength;
    }
}
