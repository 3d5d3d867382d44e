package dev.carafe.engine.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.engine.config.LogConfig;
import dev.carafe.engine.logs.LogDrivers;
import dev.carafe.engine.logs.LogQuery;
import dev.carafe.engine.logs.LogSubject;
import dev.carafe.engine.logs.LogWriter;
import dev.carafe.engine.logs.StreamKind;
import dev.carafe.linux.EventLoop;
import dev.carafe.linux.Pipes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process of pipes, its log and its clients.
class StreamHubTest {
    @TempDir Path folder;
    private final EventLoop loop = new EventLoop();
    private final Streams streams = new Streams(loop);
    private final PipedProcess process = new PipedProcess();
    private StreamHub hub = streams.hub(false, LogWriter.none());

    @AfterEach
    void close() {
        hub.close();
        streams.close();
        loop.close();
        process.close();
    }

    private void logged() {
        LogWriter log =
                new LogDrivers(LogConfig.defaults())
                        .open(
                                new LogConfig("json-file", Map.of()),
                                new LogSubject(
                                        folder,
                                        "c",
                                        "c",
                                        "",
                                        "",
                                        List.of(),
                                        Instant.EPOCH,
                                        Map.of(),
                                        List.of()));
        hub = streams.hub(false, log);
    }

    private void connect() {
        hub.connect(process.stdio(), () -> {}, false);
    }

    private List<String> log() {
        List<String> lines = new ArrayList<>();
        hub.log()
                .read(
                        LogQuery.all(),
                        r -> lines.add(new String(r.line(), StandardCharsets.UTF_8)),
                        () -> false);
        return lines;
    }

    private static void until(String what, BooleanSupplier done) {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.yield();
        }
    }

    /// A client that keeps what it is given.
    private static final class Collector implements OutputSink {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public synchronized void write(StreamKind kind, byte[] data, int offset, int length) {
            bytes.write(data, offset, length);
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    private static List<String> numbers(int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add("number " + i + "\n");
        }
        return lines;
    }

    @Test
    void linesInQuickSuccessionAreAllLogged() throws Exception {
        logged();
        connect();
        List<String> lines = numbers(20_000);
        lines.forEach(process::print);
        hub.finish().get(60, TimeUnit.SECONDS);
        assertThat(log()).isEqualTo(lines);
    }

    @Test
    void aClientAttachedBeforeTheStartGetsEveryByte() throws Exception {
        logged();
        Collector client = new Collector();
        AttachSession session = hub.attach(false, true, true, false, null, client);
        connect();
        List<String> lines = numbers(5000);
        lines.forEach(process::print);
        hub.finish().get(60, TimeUnit.SECONDS);
        assertThat(session.ended()).isNotDone();
        hub.endSessions();
        session.ended().get(60, TimeUnit.SECONDS);
        assertThat(client.text()).isEqualTo(String.join("", lines));
        assertThat(log()).isEqualTo(lines);
    }

    @Test
    void inputReachesTheProcessAndItsEndClosesIt() throws Exception {
        connect();
        AttachSession session = hub.attach(true, true, true, true, null, new Collector());
        byte[] text = "typed\n".getBytes(StandardCharsets.UTF_8);
        session.stdin(text, 0, text.length);
        byte[] got = new byte[100];
        int n = Pipes.read(process.in.read(), got);
        assertThat(new String(got, 0, n, StandardCharsets.UTF_8)).isEqualTo("typed\n");
        session.closeStdin();
        assertThat(Pipes.read(process.in.read(), got)).isEqualTo(-1);
        assertThatThrownBy(() -> session.stdin(text, 0, 1)).isInstanceOf(IOException.class);
    }

    @Test
    void detachKeysEndTheSessionAndNotTheProcess() throws Exception {
        hub = streams.hub(true, LogWriter.none());
        connect();
        AttachSession session = hub.attach(true, true, true, true, "a,b", new Collector());
        byte[] keys = {'x', 'a', 'b'};
        session.stdin(keys, 0, 3);
        session.ended().get(60, TimeUnit.SECONDS);
        assertThat(session.detached()).isTrue();
        byte[] got = new byte[10];
        assertThat(Pipes.read(process.in.read(), got)).isZero();
    }

    @Test
    void aClientWhoseSinkFailsIsLeftBehind() throws Exception {
        logged();
        AttachSession session =
                hub.attach(
                        false,
                        true,
                        true,
                        false,
                        null,
                        (kind, data, offset, length) -> {
                            throw new IOException("gone");
                        });
        connect();
        process.print("a\n");
        session.ended().get(60, TimeUnit.SECONDS);
        process.print("b\n");
        until("both lines", () -> log().equals(List.of("a\n", "b\n")));
    }

    @Test
    void theEndOfAProcessIsNoticedWhileAClientDoesNotRead() throws Exception {
        logged();
        CountDownLatch reads = new CountDownLatch(1);
        Collector client = new Collector();
        AttachSession session =
                hub.attach(
                        false,
                        true,
                        true,
                        false,
                        null,
                        (kind, data, offset, length) -> {
                            try {
                                reads.await();
                            } catch (InterruptedException e) {
                                throw new IOException(e);
                            }
                            client.write(kind, data, offset, length);
                        });
        connect();
        List<String> lines = numbers(3000);
        lines.forEach(process::print);
        hub.finish().get(60, TimeUnit.SECONDS);
        assertThat(log()).isEqualTo(lines);
        hub.endSessions();
        reads.countDown();
        session.ended().get(60, TimeUnit.SECONDS);
        assertThat(client.text()).isEqualTo(String.join("", lines));
    }
}
