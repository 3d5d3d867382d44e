package dev.carafe.linux.netlink;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Sockets;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// A netlink socket of one family. It belongs to the network namespace of the thread that opened
/// it, and works there from any thread. Thread-safe: one exchange at a time.
public final class NetlinkSocket implements AutoCloseable {
    private static final int NETLINK_ROUTE = 0;
    private static final int NETLINK_NETFILTER = 12;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int RECEIVE_BYTES = 64 * 1024;
    private static final int SEND_BUFFER_BYTES = 8 * 1024 * 1024;
    private static final long TIMEOUT_MILLIS = 30_000;
    private static final int BATCH_BEGIN = 16;
    private static final int BATCH_END = 17;

    private final Fd fd;
    private final ReentrantLock lock = new ReentrantLock();
    private final byte[] buffer = new byte[RECEIVE_BYTES];
    private int sequence;

    private NetlinkSocket(int family) {
        fd = Sockets.socket(Sockets.AF_NETLINK, Sockets.SOCK_RAW, family);
        try {
            Sockets.setOption(fd, Sockets.SOL_NETLINK, NETLINK_CAP_ACK, 1);
            Sockets.setOption(fd, Sockets.SOL_NETLINK, NETLINK_EXT_ACK, 1);
            Sockets.setReceiveTimeout(fd, TIMEOUT_MILLIS);
            // sockaddr_nl with port 0 and no groups: the kernel chooses the port, and send(2) goes
            // to the kernel
            Sockets.bind(fd, kernelAddress());
            Sockets.connect(fd, kernelAddress());
        } catch (ErrnoException e) {
            fd.close();
            throw e;
        }
    }

    /// rtnetlink(7).
    public static NetlinkSocket route() {
        return new NetlinkSocket(NETLINK_ROUTE);
    }

    /// nf_tables and connection tracking.
    public static NetlinkSocket netfilter() {
        NetlinkSocket socket = new NetlinkSocket(NETLINK_NETFILTER);
        try {
            // a whole table in one message; without the right to force it the system's limit must
            // do
            Sockets.setOption(
                    socket.fd, Sockets.SOL_SOCKET, Sockets.SO_SNDBUFFORCE, SEND_BUFFER_BYTES);
            Sockets.setOption(
                    socket.fd, Sockets.SOL_SOCKET, Sockets.SO_RCVBUFFORCE, SEND_BUFFER_BYTES);
        } catch (ErrnoException e) {
            Sockets.setOption(socket.fd, Sockets.SOL_SOCKET, Sockets.SO_SNDBUF, SEND_BUFFER_BYTES);
        }
        return socket;
    }

    private static byte[] kernelAddress() {
        return ByteBuffer.allocate(12)
                .order(ByteOrder.nativeOrder())
                .putShort((short) Sockets.AF_NETLINK)
                .array();
    }

    public Fd fd() {
        return fd;
    }

    /// Sends the messages in one call. rtnetlink does them one after the other, the later ones also
    /// when one fails.
    ///
    /// @throws ErrnoException for the first that failed; its call is the message's label
    public void run(List<Message> messages) {
        exchange(messages, messages.size() - 1);
    }

    public void run(Message... messages) {
        run(List.of(messages));
    }

    /// An nfnetlink transaction: all messages take effect at once, or none.
    ///
    /// @param subsystem as in the upper byte of the messages' types
    public void transaction(int subsystem, List<Message> messages) {
        List<Message> all = new ArrayList<>(messages.size() + 2);
        all.add(batchMark("begin", BATCH_BEGIN, subsystem));
        all.addAll(messages);
        all.add(batchMark("end", BATCH_END, subsystem));
        // the end mark itself is acknowledged by new kernels only (6.10)
        exchange(all, messages.size());
    }

    private static Message batchMark(String label, int type, int subsystem) {
        return Message.of(label + " transaction", type, 0).u8(0).u8(0).u16be(subsystem).build();
    }

    /// Sends a request that is answered by messages: a dump, or a get with NLM_F_ACK.
    List<Reply> ask(Message message) {
        lock.lock();
        try {
            send(List.of(message), -1);
            List<Reply> replies = new ArrayList<>();
            boolean done = false;
            while (!done) {
                for (Reply reply : receive()) {
                    if (reply.sequence() == sequence && reply.isEnd()) {
                        failOn(reply, message.label());
                        done = true;
                    } else if (reply.sequence() == sequence) {
                        replies.add(reply);
                    }
                }
            }
            return replies;
        } finally {
            lock.unlock();
        }
    }

    private void exchange(List<Message> messages, int acknowledged) {
        lock.lock();
        try {
            int first = sequence + 1;
            send(messages, acknowledged);
            await(first, messages, first + acknowledged);
        } finally {
            lock.unlock();
        }
    }

    private void send(List<Message> messages, int acknowledged) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(1024);
        for (int i = 0; i < messages.size(); i++) {
            byte[] bytes = messages.get(i).bytes().clone();
            ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
            header.putInt(8, ++sequence);
            // only one is acknowledged; errors of those before come all the same, and first
            if (i == acknowledged) {
                header.putShort(6, (short) (header.getShort(6) | Message.NLM_F_ACK));
            }
            all.writeBytes(bytes);
        }
        byte[] bytes = all.toByteArray();
        Sockets.send(fd, bytes, 0, bytes.length, 0);
    }

    private void await(int first, List<Message> messages, int last) {
        boolean done = false;
        while (!done) {
            for (Reply reply : receive()) {
                if (reply.sequence() < first || reply.type() != Reply.NLMSG_ERROR) {
                    continue;
                }
                if (reply.errno() != 0) {
                    drain();
                }
                failOn(reply, messages.get(reply.sequence() - first).label());
                done |= reply.sequence() == last;
            }
        }
    }

    /// The kernel has answered everything by the time send(2) returns: what is there is all.
    private void drain() {
        try {
            while (true) {
                Sockets.receive(fd, buffer, Sockets.MSG_DONTWAIT);
            }
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EAGAIN && e.errno() != Errno.ENOBUFS) {
                throw e;
            }
        }
    }

    private static void failOn(Reply reply, String label) {
        if (reply.errno() != 0) {
            throw new ErrnoException(label, reply.errno(), reply.errorText());
        }
    }

    private List<Reply> receive() {
        int length = Sockets.receive(fd, buffer, Sockets.MSG_TRUNC);
        if (length > buffer.length) {
            throw new ErrnoException(
                    "recv", Errno.EMSGSIZE, "netlink message of " + length + " bytes");
        }
        return split(buffer, length);
    }

    static List<Reply> split(byte[] bytes, int length) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        List<Reply> replies = new ArrayList<>();
        int at = 0;
        while (at + Message.HEADER <= length) {
            int size = in.getInt(at);
            if (size < Message.HEADER || at + size > length) {
                break;
            }
            byte[] body = new byte[size - Message.HEADER];
            in.get(at + Message.HEADER, body);
            replies.add(
                    new Reply(
                            Short.toUnsignedInt(in.getShort(at + 4)),
                            Short.toUnsignedInt(in.getShort(at + 6)),
                            in.getInt(at + 8),
                            body));
            at += size + 3 & ~3;
        }
        return replies;
    }

    @Override
    public void close() {
        fd.close();
    }
}
