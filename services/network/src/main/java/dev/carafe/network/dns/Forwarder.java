package dev.carafe.network.dns;

import dev.carafe.linux.Fd;
import dev.carafe.linux.Namespaces;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks other name servers, one after the other until one knows. Queries and answers pass unchanged
/// (RFC 1035, RFC 7766), so that EDNS and signatures work. Thread-safe.
final class Forwarder {
    private static final int TIMEOUT_MILLIS = 3000;
    private static final int LARGEST_ANSWER = 65535;
    private static final int RCODE_OFFSET = 3;
    private static final int SERVFAIL = 2;
    private static final int REFUSED = 5;

    /// A server that did not answer is asked last for so long.
    private static final long PENALTY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Supplier<List<Upstream>> servers;
    private final Map<Upstream, Long> failedAt = new ConcurrentHashMap<>();

    /// @param servers whom to ask now
    Forwarder(Supplier<List<Upstream>> servers) {
        this.servers = servers;
    }

    /// Whether all are asked from the container, so that no query leaves by another way.
    boolean staysInside() {
        List<Upstream> all = servers.get();
        return !all.isEmpty() && all.stream().allMatch(s -> s.netns() != null);
    }

    /// One that fails or refuses may be alone in that: the next is asked.
    ///
    /// @return the answer; empty when no server gave one that says anything
    Optional<byte[]> ask(byte[] query, boolean tcp) {
        for (Upstream server : inOrder()) {
            try {
                byte[] answer = tcp ? askTcp(server, query) : askUdp(server, query);
                failedAt.remove(server);
                int code = answer[RCODE_OFFSET] & 0xf;
                if (code != SERVFAIL && code != REFUSED) {
                    return Optional.of(answer);
                }
            } catch (IOException | RuntimeException e) {
                failedAt.put(server, System.nanoTime());
            }
        }
        return Optional.empty();
    }

    private List<Upstream> inOrder() {
        List<Upstream> order = new ArrayList<>();
        List<Upstream> last = new ArrayList<>();
        for (Upstream server : servers.get()) {
            Long failed = failedAt.get(server);
            boolean late = failed != null && System.nanoTime() - failed < PENALTY_NANOS;
            (late ? last : order).add(server);
        }
        order.addAll(last);
        return order;
    }

    private static byte[] askUdp(Upstream server, byte[] query) throws IOException {
        try (DatagramSocket socket = in(server.netns(), DatagramSocket::new)) {
            socket.connect(server.address());
            socket.send(new DatagramPacket(query, query.length));
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
            DatagramPacket packet = new DatagramPacket(new byte[LARGEST_ANSWER], LARGEST_ANSWER);
            while (true) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                socket.setSoTimeout((int) Math.max(1, left));
                socket.receive(packet);
                byte[] answer = Arrays.copyOf(packet.getData(), packet.getLength());
                if (answers(answer, query)) {
                    return answer;
                }
            }
        }
    }

    private static byte[] askTcp(Upstream server, byte[] query) throws IOException {
        try (Socket socket = in(server.netns(), Forwarder::tcpSocket)) {
            socket.connect(server.address(), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            byte[] framed = new byte[query.length + 2];
            framed[0] = (byte) (query.length >> 8);
            framed[1] = (byte) query.length;
            System.arraycopy(query, 0, framed, 2, query.length);
            out.write(framed);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] answer = new byte[in.readUnsignedShort()];
            in.readFully(answer);
            if (!answers(answer, query)) {
                throw new IOException("an answer to something else");
            }
            return answer;
        }
    }

    /// The kernel's socket is made at the call of bind, not by the constructor.
    private static Socket tcpSocket() throws IOException {
        Socket socket = new Socket();
        socket.setReuseAddress(false);
        return socket;
    }

    private static boolean answers(byte[] answer, byte[] query) {
        return answer.length >= 12
                && answer[0] == query[0]
                && answer[1] == query[1]
                && (answer[2] & 0x80) != 0;
    }

    private static <T> T in(@Nullable Fd netns, Callable<T> open) throws IOException {
        try {
            return netns == null ? open.call() : Namespaces.inNetns(netns, open);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
