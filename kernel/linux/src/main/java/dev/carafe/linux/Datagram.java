package dev.carafe.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Room for one datagram with the way that it came: recvmsg(2), sendmsg(2), ipv6(7). Sockets are
/// non-blocking. Not thread-safe.
public final class Datagram {
    /// Ends of a datagram's way, as plain numbers, so that it serves as a key.
    ///
    /// @param port of the peer
    /// @param scope device of the peer's address where it is link-local, else 0
    /// @param ownHigh, ownLow the address of this host
    public record Way(long high, long low, int port, int scope, long ownHigh, long ownLow) {}

    private static final int LARGEST = 65536;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_RECVPKTINFO = 49;
    private static final int IPV6_PKTINFO = 50;

    // struct sockaddr_in6, struct cmsghdr with a struct in6_pktinfo, struct msghdr
    private static final int NAME_SIZE = 28;
    private static final int CONTROL_LENGTH = 36;
    private static final int CONTROL_SIZE = 40;
    private static final int MESSAGE_SIZE = 56;

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment content = arena.allocate(LARGEST, 8);
    private final MemorySegment name = arena.allocate(NAME_SIZE, 8);
    private final MemorySegment control = arena.allocate(CONTROL_SIZE, 8);
    private final MemorySegment vector = arena.allocate(16, 8);
    private final MemorySegment message = arena.allocate(MESSAGE_SIZE, 8);
    private int length;

    /// A bound socket of AF_INET6 tells the address of this host that a datagram was sent to.
    public static void tellOwnAddress(Fd socket) {
        Sockets.setOption(socket, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
    }

    /// Takes the next one from a bound socket of AF_INET6 that tells its own address.
    ///
    /// @return false when there is none
    public boolean receive(Fd socket) {
        prepare(LARGEST);
        return received(
                Syscall.restarting(SyscallNumbers.RECVMSG, socket.number(), message.address(), 0));
    }

    /// The way of the one received.
    public Way way() {
        ByteBuffer peer = name.asByteBuffer().order(ByteOrder.BIG_ENDIAN);
        ByteBuffer own = control.asByteBuffer().order(ByteOrder.BIG_ENDIAN);
        boolean told = message.get(Memory.LONG, 40) >= CONTROL_LENGTH;
        return new Way(
                peer.getLong(8),
                peer.getLong(16),
                Short.toUnsignedInt(peer.getShort(2)),
                name.get(Memory.INT, 24),
                told ? own.getLong(16) : 0,
                told ? own.getLong(24) : 0);
    }

    /// Takes the next one from a connected socket.
    ///
    /// @return false when there is none
    public boolean read(Fd connected) {
        return received(
                Syscall.restarting(
                        SyscallNumbers.RECVFROM,
                        connected.number(),
                        content.address(),
                        LARGEST,
                        0,
                        0,
                        0));
    }

    private boolean received(long n) {
        if (n == -Errno.EAGAIN) {
            return false;
        }
        length = (int) Syscall.check("recvmsg", "", n);
        return true;
    }

    /// Sends its content by a connected socket; a datagram that can't be sent is lost.
    public void write(Fd connected) {
        Syscall.restarting(
                SyscallNumbers.SENDTO, connected.number(), content.address(), length, 0, 0, 0);
    }

    /// Sends its content back on a way; a datagram that can't be sent is lost.
    ///
    /// @param socket the one that the datagram of that way came by
    public void answer(Fd socket, Way way) {
        prepare(length);
        ByteBuffer peer = name.asByteBuffer().order(ByteOrder.BIG_ENDIAN);
        name.set(Memory.SHORT, 0, (short) Sockets.AF_INET6);
        peer.putShort(2, (short) way.port()).putLong(8, way.high()).putLong(16, way.low());
        name.set(Memory.INT, 24, way.scope());
        control.set(Memory.LONG, 0, CONTROL_LENGTH);
        control.set(Memory.INT, 8, IPPROTO_IPV6);
        control.set(Memory.INT, 12, IPV6_PKTINFO);
        ByteBuffer own = control.asByteBuffer().order(ByteOrder.BIG_ENDIAN);
        own.putLong(16, way.ownHigh()).putLong(24, way.ownLow());
        control.set(Memory.INT, 32, way.scope());
        Syscall.restarting(SyscallNumbers.SENDMSG, socket.number(), message.address(), 0);
    }

    private void prepare(int size) {
        name.fill((byte) 0);
        control.fill((byte) 0);
        vector.set(Memory.LONG, 0, content.address());
        vector.set(Memory.LONG, 8, size);
        message.set(Memory.LONG, 0, name.address());
        message.set(Memory.INT, 8, NAME_SIZE);
        message.set(Memory.LONG, 16, vector.address());
        message.set(Memory.LONG, 24, 1);
        message.set(Memory.LONG, 32, control.address());
        message.set(Memory.LONG, 40, CONTROL_SIZE);
        message.set(Memory.INT, 48, 0);
    }
}
