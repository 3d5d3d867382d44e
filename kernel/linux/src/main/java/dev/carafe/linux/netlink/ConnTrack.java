package dev.carafe.linux.netlink;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// The kernel's table of IPv4 connections (linux/netfilter/nfnetlink_conntrack.h), on a {@link
/// NetlinkSocket#netfilter} socket.
///
/// Rules of type nat see the first packet of a connection only: a UDP "connection" that began
/// before a rule was added or removed goes on as before until its entry is gone.
public final class ConnTrack {
    private static final int SUBSYSTEM = 1;
    private static final int GET = SUBSYSTEM << 8 | 1;
    private static final int DELETE = SUBSYSTEM << 8 | 2;
    private static final int AF_INET = 2;
    private static final int TUPLE_ORIGINAL = 1;
    private static final int TUPLE_REPLY = 2;
    private static final int TUPLE_IP = 1;
    private static final int TUPLE_PROTOCOL = 2;
    private static final int SOURCE = 1;
    private static final int DESTINATION = 2;
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
            int source,
            int destination,
            int sourcePort,
            int destinationPort,
            int answering) {}

    /// All IPv4 connections with ports.
    public List<Flow> flows() {
        Message get = header("list connections", GET, Message.NLM_F_DUMP).build();
        return socket.ask(get).stream().map(ConnTrack::parse).flatMap(Optional::stream).toList();
    }

    /// Forgets a connection; one that has ended meanwhile is no error.
    public void forget(Flow flow) {
        Message delete =
                header("forget connection", DELETE, 0)
                        .nested(
                                TUPLE_ORIGINAL,
                                tuple ->
                                        tuple.nested(
                                                        TUPLE_IP,
                                                        ip ->
                                                                ip.attributeBe32(
                                                                                SOURCE,
                                                                                flow.source())
                                                                        .attributeBe32(
                                                                                DESTINATION,
                                                                                flow.destination()))
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

    private static MessageWriter header(String label, int type, int flags) {
        return Message.of(label, type, flags).u8(AF_INET).u8(0).u16be(0);
    }

    private static Optional<Flow> parse(Reply reply) {
        Attributes all = Attributes.parse(reply.body(), 4);
        Attributes original = all.nested(TUPLE_ORIGINAL);
        Attributes ip = original.nested(TUPLE_IP);
        Attributes protocol = original.nested(TUPLE_PROTOCOL);
        Optional<byte[]> sourcePort = protocol.bytes(SOURCE_PORT);
        Optional<byte[]> destinationPort = protocol.bytes(DESTINATION_PORT);
        Optional<byte[]> number = protocol.bytes(PROTOCOL_NUMBER);
        if (sourcePort.isEmpty() || destinationPort.isEmpty() || number.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Flow(
                        number.get()[0] & 0xff,
                        ip.be32(SOURCE, 0),
                        ip.be32(DESTINATION, 0),
                        port(sourcePort.get()),
                        port(destinationPort.get()),
                        all.nested(TUPLE_REPLY).nested(TUPLE_IP).be32(SOURCE, 0)));
    }

    private static int port(byte[] bytes) {
        return Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort());
    }

    private static byte[] be16(int value) {
        return ByteBuffer.allocate(2).putShort((short) value).array();
    }
}
