package dev.carafe.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

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
