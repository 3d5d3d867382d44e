package dev.carafe.network;

import dev.carafe.base.InvalidArgument;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// Addresses of both families: text, and arithmetic.
final class Addresses {
    private static final int GROUPS = 8;

    private Addresses() {}

    /// Reads `10.0.0.1` or `fd00::1`; nothing else that the resolver takes.
    ///
    /// @throws InvalidArgument no address
    static InetAddress parse(String text) {
        return text.contains(":") ? parse6(text) : parse4(text);
    }

    private static InetAddress parse4(String text) {
        String[] parts = text.split("\\.", -1);
        byte[] bytes = new byte[4];
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (parts.length != 4
                    || part.isEmpty()
                    || part.length() > 3
                    || !part.chars().allMatch(c -> c >= '0' && c <= '9')
                    || Integer.parseInt(part) > 255) {
                throw new InvalidArgument("invalid IPv4 address: " + text);
            }
            bytes[i] = (byte) Integer.parseInt(part);
        }
        return of(bytes);
    }

    private static InetAddress parse6(String text) {
        try {
            InetAddress address = InetAddress.ofLiteral(text);
            if (!text.contains("%") && !(address instanceof Inet4Address)) {
                return of(address.getAddress());
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidArgument("invalid IPv6 address: " + text);
        }
        throw new InvalidArgument("invalid IPv6 address: " + text);
    }

    /// @param bytes 4 or 16
    static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static BigInteger value(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    /// The address so many after this one.
    static InetAddress plus(InetAddress address, BigInteger offset) {
        return of(value(address).add(offset), bits(address));
    }

    /// @param bits 32 or 128; the value is taken modulo the family's size
    static InetAddress of(BigInteger value, int bits) {
        byte[] all = value.toByteArray();
        byte[] bytes = new byte[bits / 8];
        for (int i = 1; i <= bytes.length; i++) {
            bytes[bytes.length - i] =
                    i <= all.length ? all[all.length - i] : (byte) (value.signum() < 0 ? -1 : 0);
        }
        return of(bytes);
    }

    static int bits(InetAddress address) {
        return address instanceof Inet4Address ? 32 : 128;
    }

    /// As users write it; IPv6 as in RFC 5952, with the longest run of zeros left out.
    static String format(InetAddress address) {
        if (address instanceof Inet4Address) {
            return address.getHostAddress();
        }
        int[] groups = groups(address.getAddress());
        int start = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = zeros(groups, i);
            if (run > length) {
                start = i;
                length = run;
            }
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == start) {
                out.append("::");
                i += length - 1;
            } else {
                out.append(out.isEmpty() || out.charAt(out.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return out.toString();
    }

    private static int[] groups(byte[] bytes) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
        }
        return groups;
    }

    private static int zeros(int[] groups, int from) {
        int end = from;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - from;
    }
}
