package dev.carafe.engine.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.engine.logs.ship.Destination;
import dev.carafe.engine.logs.ship.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedLogTest {
    private static final LogFileOptions OPTIONS = new LogFileOptions(1_000_000, 2, false, "");

    @TempDir Path folder;
    private final List<String> taken = new CopyOnWriteArrayList<>();

    /// Takes what it is given, once it is there.
    private final class Service implements Destination {
        private volatile boolean there = true;

        @Override
        public void send(Message message) throws IOException {
            if (!there) {
                throw new IOException("nobody listens");
            }
            taken.add(
                    message.number()
                            + (message.error() ? " err " : " out ")
                            + new String(message.line(), StandardCharsets.UTF_8)
                            + (message.whole() ? "" : "..."));
        }

        @Override
        public void close() {}
    }

    private LogWriter open(Service service) {
        Path file = folder.resolve("container.log");
        LogWriter kept = JsonFileLog.open(file, OPTIONS, JsonFileLog.encoders());
        Path cursor = folder.resolve("cursor");
        return new ShippedLog(kept, new Shipper(kept, cursor, service, "a log"), true);
    }

    private static void store(LogWriter log, StreamKind stream, String text) {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        assertThat(log.store(stream, data, 0, data.length, data.length)).isEqualTo(data.length);
        log.commit();
    }

    private void awaitTaken(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (taken.size() < count && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
    }

    @Test
    void linesAreSentAsTheyAreWrittenAndTheRestBeforeTheEnd() throws Exception {
        LogWriter log = open(new Service());
        log.begin();
        store(log, StreamKind.STDOUT, "one\n");
        awaitTaken(1);
        store(log, StreamKind.STDERR, "two\n");
        store(log, StreamKind.STDOUT, "no newline");
        log.signal();
        log.close();
        assertThat(taken).containsExactly("1 out one", "2 err two", "3 out no newline...");
    }

    @Test
    void whatAServiceMissedItGetsWhenItIsBack() throws Exception {
        Service service = new Service();
        service.there = false;
        LogWriter log = open(service);
        log.begin();
        store(log, StreamKind.STDOUT, "one\n");
        store(log, StreamKind.STDOUT, "two\n");
        service.there = true;
        awaitTaken(2);
        log.signal();
        log.close();
        assertThat(taken).containsExactly("1 out one", "2 out two");
    }

    @Test
    void theNextDaemonSendsWhatTheLastOneDidNot() throws Exception {
        Service service = new Service();
        LogWriter first = open(service);
        first.begin();
        store(first, StreamKind.STDOUT, "one\n");
        awaitTaken(1);
        service.there = false;
        store(first, StreamKind.STDOUT, "two\n");
        first.close();
        LogWriter second = open(new Service());
        assertThat(second.recover(0, 0)).isEqualTo(LogWriter.Drained.NOTHING);
        awaitTaken(2);
        second.signal();
        second.close();
        assertThat(taken).containsExactly("1 out one", "2 out two");
    }

    @Test
    void whatAnEndedProcessLeftIsSentByTheNextDaemonToo() throws Exception {
        Service service = new Service();
        service.there = false;
        LogWriter first = open(service);
        first.begin();
        store(first, StreamKind.STDOUT, "one\n");
        first.signal();
        first.close();
        LogWriter second = open(new Service());
        second.finishOld();
        awaitTaken(1);
        second.close();
        assertThat(taken).containsExactly("1 out one");
    }
}
