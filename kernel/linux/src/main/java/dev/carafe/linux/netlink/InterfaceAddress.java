package dev.carafe.linux.netlink;

import java.net.InetAddress;
import java.util.Optional;

/// An address of a device.
public record InterfaceAddress(int linkIndex, InetAddress address, int prefixLength) {
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;

    /// Empty for other families than IPv4 and IPv6.
    static Optional<InterfaceAddress> parse(Reply reply) {
        Attributes attributes = Attributes.parse(reply.body(), 8);
        return attributes
                .address(IFA_LOCAL)
                .or(() -> attributes.address(IFA_ADDRESS))
                .map(a ->
                        new InterfaceAddress(
                                reply.buffer().getInt(4), a, Byte.toUnsignedInt(reply.body()[1])));
    }
}
