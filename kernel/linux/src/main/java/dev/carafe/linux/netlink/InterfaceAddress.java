package dev.carafe.linux.netlink;

/// An IPv4 address of a device.
///
/// @param address highest byte first
public record InterfaceAddress(int linkIndex, int address, int prefixLength) {
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;

    static InterfaceAddress parse(Reply reply) {
        Attributes attributes = Attributes.parse(reply.body(), 8);
        int address = attributes.be32(IFA_LOCAL, attributes.be32(IFA_ADDRESS, 0));
        return new InterfaceAddress(reply.buffer().getInt(4), address, reply.body()[1]);
    }
}
