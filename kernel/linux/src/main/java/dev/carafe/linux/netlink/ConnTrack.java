package dev.carafe.linux.netlink;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// The kernel's table of connections (linux/netfilter/nfnetlink_conntrack.h), on a {@link
/// NetlinkSocket#netfilter} socket.
///
/// Rules of type nat see the first packet of a connection only: a UDP "connection" that began
/// before a rule was added or removed goes on as before until its entry is gone.
public final class ConnTrack {
    private static final int SUBSYSTEM = 1;
    private static final int GET = SUBSYSTEM << 8 | 1;
    private static final int DELETE = SUBSYSTEM << 8 | 2;
    private static final int AF_UNSPEC = 0;
    private static final int TUPLE_ORIGINAL = 1;
    private static final int TUPLE_REPLY = 2;
    private static final int TUPLE_IP = 1;
    private static final int TUPLE_PROTOCOL = 2;
    private static final int SOURCE = 1;
    private static final int DESTINATION = 2;
    private static final int SOURCE6 = 3;
    private static final int DESTINATION6 = 4;
    private static final int PROTOCOL_NUMBER = 1;
    private static final int SOURCE_PORT = 2;
    private static final int DESTINATION_PORT = 3;

    private final NetlinkSocket socket;

    public ConnTrack(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// A connection by its first packet's addresses.
    ///
    /// @param answering who really answers: the address that answers come from before they are
    ///   translated back
    public record Flow(
            int protocol,
            InetAddress source,
            InetAddress destination,
            int sourcePort,
            int destinationPort,
            InetAddress answering) {}

    /// All connections with ports.
    public List<Flow> flows() {
        Message get = header("list connections", GET, Message.NLM_F_DUMP, AF_UNSPEC).build();
        return socket.ask(get).stream().map(ConnTrack::parse).flatMap(Optional::stream).toList();
    }

    /// Forgets a connection; one that has ended meanwhile is no error.
    public void forget(Flow flow) {
        Message delete =
                header("forget connection", DELETE, 0, AddressMessages.family(flow.source()))
                        .nested(
                                TUPLE_ORIGINAL,
                                tuple ->
                                        tuple.nested(TUPLE_IP, ip -> addresses(ip, flow))
                                                .nested(
                                                        TUPLE_PROTOCOL,
                                                        p ->
                                                                p.attributeU8(
                                                                                PROTOCOL_NUMBER,
                                                                                flow.protocol())
                                                                        .attribute(
                                                                                SOURCE_PORT,
                                                                                be16(
                                                                                        flow
                                                                                                .sourcePort()))
                                                                        .attribute(
                                                                                DESTINATION_PORT,
                                                                                be16(
                                                                                        flow
                                                                                                .destinationPort()))))
                        .build();
        try {
            socket.run(delete);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    private static void addresses(MessageWriter ip, Flow flow) {
        boolean four = flow.source() instanceof Inet4Address;
        ip.attribute(four ? SOURCE : SOURCE6, flow.source().getAddress())
                .attribute(four ? DESTINATION : DESTINATION6, flow.destination().getAddress());
    }

    private static MessageWriter header(String label, int type, int flags, int family) {
        return Message.of(label, type, flags).u8(family).u8(0).u16be(0);
    }

    private static Optional<Flow> parse(Reply reply) {
        Attributes all = Attributes.parse(reply.body(), 4);
        Attributes original = all.nested(TUPLE_ORIGINAL);
        Attributes ip = original.nested(TUPLE_IP);
        Attributes protocol = original.nested(TUPLE_PROTOCOL);
        Optional<byte[]> sourcePort = protocol.bytes(SOURCE_PORT);
        Optional<byte[]> destinationPort = protocol.bytes(DESTINATION_PORT);
        Optional<byte[]> number = protocol.bytes(PROTOCOL_NUMBER);
        Optional<InetAddress> source = ip.address(SOURCE).or(() -> ip.address(SOURCE6));
        Optional<InetAddress> destination =
                ip.address(DESTINATION).or(() -> ip.address(DESTINATION6));
        Attributes reversed = all.nested(TUPLE_REPLY).nested(TUPLE_IP);
        Optional<InetAddress> answering =
                reversed.address(SOURCE).or(() -> reversed.address(SOURCE6));
        if (sourcePort.isEmpty()
                || destinationPort.isEmpty()
                || number.isEmpty()
                || source.isEmpty()
                || destination.isEmpty()
                || answering.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Flow(
                        number.get()[0] & 0xff,
                        source.get(),
                        destination.get(),
                        port(sourcePort.get()),
                        port(destinationPort.get()),
                        answering.get()));
    }

    private static int port(byte[] bytes) {
        return Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort());
    }

    private static byte[] be16(int value) {
        return ByteBuffer.allocate(2).putShort((short) value).array();
    }
}
