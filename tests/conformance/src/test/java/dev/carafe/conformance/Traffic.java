package dev.carafe.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// A small load of HTTP on a port of the loopback: one connection that stays for all its requests,
/// and one that is new for each. The first failure ends it.
final class Traffic implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int ANSWER_LIMIT_MILLIS = 20_000;
    private static final long PAUSE_MILLIS = 5;

    private final int port;
    private final AtomicLong kept = new AtomicLong();
    private final AtomicLong fresh = new AtomicLong();
    private final List<Exception> failures = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    Traffic(int port) {
        this.port = port;
        Thread.ofPlatform().name("kept-connection").daemon().start(this::keepOne);
        Thread.ofPlatform().name("new-connections").daemon().start(this::connectAnew);
    }

    private void keepOne() {
        try (Socket socket = connect()) {
            BufferedReader in = reader(socket);
            while (!over) {
                get(socket, in);
                kept.incrementAndGet();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (IOException | InterruptedException e) {
            failures.add(e);
        }
    }

    private void connectAnew() {
        try {
            while (!over) {
                try (Socket socket = connect()) {
                    get(socket, reader(socket));
                }
                fresh.incrementAndGet();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (IOException | InterruptedException e) {
            failures.add(e);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(ANSWER_LIMIT_MILLIS);
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    /// A whole answer with status 200.
    private static void get(Socket socket, BufferedReader in) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write("GET / HTTP/1.1\r\nHost: web\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        String status = in.readLine();
        if (status == null || !status.startsWith("HTTP/1.1 200")) {
            throw new IOException("not answered: " + status);
        }
        int length = 0;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        for (int i = 0; i < length; i++) {
            if (in.read() < 0) {
                throw new IOException("the answer ends early");
            }
        }
    }

    /// Returns when each of both has had that many further answers.
    void awaitMore(int answers) throws InterruptedException {
        long keptGoal = kept.get() + answers;
        long freshGoal = fresh.get() + answers;
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (kept.get() < keptGoal || fresh.get() < freshGoal) {
            if (!failures.isEmpty()) {
                throw new AssertionError("traffic broke off", failures.getFirst());
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("traffic stands still at " + kept + " and " + fresh);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    @Override
    public void close() {
        over = true;
    }
}
