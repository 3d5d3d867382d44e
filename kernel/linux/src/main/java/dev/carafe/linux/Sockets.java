package dev.carafe.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Sockets below java.net: netlink, and who is at the other end of a Unix socket. Addresses are
/// `struct sockaddr` bytes in the machine's order.
public final class Sockets {
    public static final int AF_UNIX = 1;
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    public static final int AF_NETLINK = 16;
    public static final int AF_PACKET = 17;
    public static final int SOCK_STREAM = 1;
    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_RAW = 3;
    public static final int SOCK_NONBLOCK = 0x800;
    public static final int SOL_SOCKET = 1;
    public static final int SO_SNDBUF = 7;
    public static final int SO_RCVBUF = 8;
    public static final int SO_SNDBUFFORCE = 32;
    public static final int SO_RCVBUFFORCE = 33;
    public static final int SOL_NETLINK = 270;
    public static final int MSG_PEEK = 2;
    public static final int MSG_TRUNC = 0x20;
    public static final int MSG_DONTWAIT = 0x40;

    public static final int SHUT_RD = 0;
    public static final int SHUT_WR = 1;

    private static final int SO_ERROR = 4;
    private static final int SO_LINGER = 13;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SO_PEERCRED = 17;
    private static final int SO_RCVTIMEO = 20;

    private Sockets() {}

    /// The process at the other end of a Unix stream socket when it connected.
    public record Peer(int pid, int uid, int gid) {}

    public static Fd socket(int family, int type, int protocol) {
        return Fd.own(
                Syscall.call(
                        "socket",
                        family + " " + protocol,
                        SyscallNumbers.SOCKET,
                        family,
                        type | SOCK_CLOEXEC,
                        protocol));
    }

    public static void bind(Fd socket, byte[] address) {
        try (Arena arena = Arena.ofConfined()) {
            long at = Memory.copy(arena, address).address();
            Syscall.call("bind", socket, SyscallNumbers.BIND, socket.number(), at, address.length);
        }
    }

    /// listen(2).
    public static void listen(Fd socket, int backlog) {
        Syscall.call("listen", socket, SyscallNumbers.LISTEN, socket.number(), backlog);
    }

    public static void connect(Fd socket, byte[] address) {
        try (Arena arena = Arena.ofConfined()) {
            long at = Memory.copy(arena, address).address();
            Syscall.call(
                    "connect", socket, SyscallNumbers.CONNECT, socket.number(), at, address.length);
        }
    }

    /// Starts to connect a non-blocking socket. Whether it came to something shows by {@link
    /// #takeError} when the socket can be written to.
    public static void startConnect(Fd socket, byte[] address) {
        try (Arena arena = Arena.ofConfined()) {
            long at = Memory.copy(arena, address).address();
            long result = Syscall.raw(SyscallNumbers.CONNECT, socket.number(), at, address.length);
            // interrupted by a signal it goes on as well
            if (result != -Errno.EINPROGRESS && result != -Errno.EINTR) {
                Syscall.check("connect", socket, result);
            }
        }
    }

    /// accept4(2): the next client of a non-blocking socket that listens, non-blocking too.
    ///
    /// @return null when there is none, or when it has gone again
    public static @Nullable Fd accept(Fd listening) {
        long result =
                Syscall.restarting(
                        SyscallNumbers.ACCEPT4,
                        listening.number(),
                        0,
                        0,
                        SOCK_NONBLOCK | SOCK_CLOEXEC);
        return result == -Errno.EAGAIN || result == -Errno.ECONNABORTED
                ? null
                : Fd.own(Syscall.check("accept", listening, result));
    }

    /// shutdown(2) of one way; SHUT_RD of a socket that listens ends its listening.
    public static void shutdown(Fd socket, int how) {
        Syscall.call("shutdown", socket, SyscallNumbers.SHUTDOWN, socket.number(), how);
    }

    /// What went wrong since the last question, 0 for nothing (SO_ERROR).
    public static int takeError(Fd socket) {
        return option(socket, SOL_SOCKET, SO_ERROR);
    }

    /// Closing it will tell the peer of a failure (RST) in place of an end.
    public static void resetOnClose(Fd socket) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment linger = arena.allocate(8, 8);
            linger.set(Memory.INT, 0, 1);
            setOption(socket, SOL_SOCKET, SO_LINGER, linger, 8);
        }
    }

    /// `struct sockaddr_in` or `sockaddr_in6`.
    public static byte[] address(InetAddress address, int port) {
        boolean six = address instanceof Inet6Address;
        ByteBuffer bytes = ByteBuffer.allocate(six ? 28 : 16).order(ByteOrder.nativeOrder());
        bytes.putShort((short) (six ? AF_INET6 : AF_INET));
        bytes.order(ByteOrder.BIG_ENDIAN).putShort((short) port);
        if (six) {
            bytes.putInt(0);
        }
        return bytes.put(address.getAddress()).array();
    }

    /// Copies bytes that have arrived at a stream's socket, and leaves them there.
    ///
    /// @param into direct; its position moves
    /// @return how many, -1 at the end of the stream, 0 when there are none yet
    public static int peek(Fd socket, ByteBuffer into) {
        long n =
                Syscall.restarting(
                        SyscallNumbers.RECVFROM,
                        socket.number(),
                        MemorySegment.ofBuffer(into).address(),
                        into.remaining(),
                        MSG_PEEK | MSG_DONTWAIT,
                        0,
                        0);
        if (n == -Errno.EAGAIN) {
            return 0;
        }
        int count = (int) Syscall.check("recvfrom", socket, n);
        into.position(into.position() + count);
        return count == 0 ? -1 : count;
    }

    /// Drops bytes that have arrived at a stream's socket, without copying them: tcp(7) MSG_TRUNC.
    ///
    /// @throws ErrnoException also when there are not so many
    public static void discard(Fd socket, int count) {
        for (int left = count; left > 0; ) {
            long n =
                    Syscall.restarting(
                            SyscallNumbers.RECVFROM,
                            socket.number(),
                            0,
                            left,
                            MSG_TRUNC | MSG_DONTWAIT,
                            0,
                            0);
            left -= (int) Syscall.check("recvfrom", socket, n == 0 ? -Errno.EPIPE : n);
        }
    }

    public static byte[] localAddress(Fd socket) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(128, 8);
            MemorySegment length = arena.allocate(8, 8);
            length.set(Memory.INT, 0, 128);
            Syscall.call(
                    "getsockname",
                    socket,
                    SyscallNumbers.GETSOCKNAME,
                    socket.number(),
                    address.address(),
                    length.address());
            return Memory.bytes(address, 0, Math.min(128, length.get(Memory.INT, 0)));
        }
    }

    /// Sends one message to the connected peer (a netlink socket's is the kernel).
    public static int send(Fd socket, byte[] message, int offset, int length, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            long at = Memory.copy(arena, message, offset, length).address();
            return (int)
                    Syscall.call(
                            "sendto",
                            socket,
                            SyscallNumbers.SENDTO,
                            socket.number(),
                            at,
                            length,
                            flags,
                            0,
                            0);
        }
    }

    /// Receives one message; with MSG_TRUNC the result is its full length even when longer than the
    /// room for it.
    ///
    /// @throws ErrnoException EAGAIN with MSG_DONTWAIT or after {@link #setReceiveTimeout}
    public static int receive(Fd socket, byte[] into, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(Math.max(into.length, 1), 8);
            int n =
                    (int)
                            Syscall.call(
                                    "recvfrom",
                                    socket,
                                    SyscallNumbers.RECVFROM,
                                    socket.number(),
                                    buffer.address(),
                                    into.length,
                                    flags,
                                    0,
                                    0);
            MemorySegment.copy(buffer, Memory.BYTE, 0, into, 0, Math.min(n, into.length));
            return n;
        }
    }

    public static void setOption(Fd socket, int level, int option, int value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment in = arena.allocate(8, 8);
            in.set(Memory.INT, 0, value);
            setOption(socket, level, option, in, 4);
        }
    }

    /// After this time without a message a receive fails with EAGAIN.
    public static void setReceiveTimeout(Fd socket, long millis) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment in = arena.allocate(16, 8);
            in.set(Memory.LONG, 0, millis / 1000);
            in.set(Memory.LONG, 8, millis % 1000 * 1000);
            setOption(socket, SOL_SOCKET, SO_RCVTIMEO, in, 16);
        }
    }

    public static int option(Fd socket, int level, int option) {
        try (Arena arena = Arena.ofConfined()) {
            return option(arena, socket, level, option, 4).get(Memory.INT, 0);
        }
    }

    /// SO_PEERCRED of a connected Unix socket.
    public static Peer peer(Fd socket) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = option(arena, socket, SOL_SOCKET, SO_PEERCRED, 12);
            return new Peer(out.get(Memory.INT, 0), out.get(Memory.INT, 4), out.get(Memory.INT, 8));
        }
    }

    private static void setOption(
            Fd socket, int level, int option, MemorySegment value, int length) {
        Syscall.call(
                "setsockopt",
                option,
                SyscallNumbers.SETSOCKOPT,
                socket.number(),
                level,
                option,
                value.address(),
                length);
    }

    private static MemorySegment option(Arena arena, Fd socket, int level, int option, int length) {
        MemorySegment out = arena.allocate(16, 8);
        MemorySegment size = arena.allocate(8, 8);
        size.set(Memory.INT, 0, length);
        Syscall.call(
                "getsockopt",
                option,
                SyscallNumbers.GETSOCKOPT,
                socket.number(),
                level,
                option,
                out.address(),
                size.address());
        return out;
    }
}
