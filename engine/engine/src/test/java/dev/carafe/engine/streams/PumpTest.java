package dev.carafe.engine.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.engine.config.LogConfig;
import dev.carafe.engine.logs.LogDrivers;
import dev.carafe.engine.logs.LogQuery;
import dev.carafe.engine.logs.LogSink;
import dev.carafe.engine.logs.LogSubject;
import dev.carafe.engine.logs.LogWriter;
import dev.carafe.engine.logs.Spares;
import dev.carafe.engine.logs.StreamKind;
import dev.carafe.linux.Pipes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One stream into a log, with an engine that dies at the worst moments.
class PumpTest {
    @TempDir Path folder;
    private final PipedProcess process = new PipedProcess();
    private final LogDrivers drivers = new LogDrivers(LogConfig.defaults());
    private final Spares<Workbench> benches = Workbench.spares();
    private final Workbench bench = benches.take();
    private final ByteArrayOutputStream client = new ByteArrayOutputStream();
    private Map<String, String> options = Map.of();

    @AfterEach
    void close() {
        bench.close();
        process.close();
    }

    private Path file() {
        return folder.resolve("c-json.log");
    }

    private LogWriter open() {
        return drivers.open(
                new LogConfig("json-file", options),
                new LogSubject(
                        folder, "c", "c", "", "", List.of(), Instant.EPOCH, Map.of(), List.of()));
    }

    private Pump pump(LogWriter log) {
        return new Pump(
                StreamKind.STDOUT,
                process.out.read(),
                process.outJournal(),
                log,
                (kind, data, from, to) -> client.write(data, from, to - from));
    }

    private void move(Pump pump) {
        while (pump.step(bench) == Pump.Step.MORE) {}
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        try (LogWriter log = open()) {
            log.read(
                    LogQuery.all(),
                    r -> lines.add(new String(r.line(), StandardCharsets.UTF_8)),
                    () -> false);
        }
        return lines;
    }

    private String sent() {
        return client.toString(StandardCharsets.UTF_8);
    }

    /// A moment of the life of a chunk at which the engine can be killed.
    enum Moment {
        BEFORE_STORING,
        NOTED_ONLY,
        HALF_WRITTEN,
        STORED,
        HALF_DRAINED,
        DRAINED,
        COMMITTED
    }

    private static final class Killed extends RuntimeException {}

    /// Dies when a certain chunk reaches the moment.
    private final class Mortal implements LogWriter {
        private final LogWriter log = open();
        private final Moment moment;
        private int chunksLeft;

        Mortal(Moment moment, int chunksLeft) {
            this.moment = moment;
            this.chunksLeft = chunksLeft;
        }

        private boolean now(Moment here) {
            return chunksLeft == 0 && moment == here;
        }

        @Override
        public void begin() {
            log.begin();
        }

        @Override
        public int store(StreamKind stream, byte[] data, int from, int to, int journalBytes) {
            if (now(Moment.BEFORE_STORING)) {
                throw new Killed();
            }
            long before = size();
            int taken = log.store(stream, data, from, to, journalBytes);
            if (now(Moment.NOTED_ONLY) || now(Moment.HALF_WRITTEN)) {
                cut(moment == Moment.NOTED_ONLY ? before : before + (size() - before) / 2);
                throw new Killed();
            }
            if (now(Moment.STORED)) {
                throw new Killed();
            }
            if (now(Moment.HALF_DRAINED)) {
                bench.drain(process.outJournal().read(), taken / 2);
                throw new Killed();
            }
            return taken;
        }

        @Override
        public void commit() {
            if (now(Moment.DRAINED)) {
                throw new Killed();
            }
            log.commit();
            if (now(Moment.COMMITTED)) {
                throw new Killed();
            }
            chunksLeft--;
        }

        private long size() {
            try {
                return Files.exists(file()) ? Files.size(file()) : 0;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private void cut(long size) {
            try (var channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
                channel.truncate(size);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public boolean keeps() {
            return true;
        }

        @Override
        public Drained recover(int outBytes, int errBytes) {
            return log.recover(outBytes, errBytes);
        }

        @Override
        public void read(LogQuery query, LogSink sink, BooleanSupplier live) {
            log.read(query, sink, live);
        }

        @Override
        public long sequence() {
            return log.sequence();
        }

        @Override
        public void await(long seen, Duration limit) throws InterruptedException {
            log.await(seen, limit);
        }

        @Override
        public void signal() {
            log.signal();
        }

        @Override
        public void close() {
            log.close();
        }
    }

    private static String numbers(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append("line ").append(i).append('\n');
        }
        return text.toString();
    }

    private LogWriter takenOver(Pump[] pump) {
        LogWriter next = open();
        pump[0] = pump(next);
        LogWriter.Drained drained = next.recover(pump[0].journalBytes(), 0);
        pump[0].recover(bench, drained.outBytes());
        return next;
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void everyLineIsLoggedOnceWhereverTheEngineIsKilled(Moment moment) {
        killedAt(moment, 0);
        killedAt(moment, 2);
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void andAlsoWhenTheFileIsRotatedAmidTheChunk(Moment moment) {
        options = Map.of("max-size", "900", "max-file", "100");
        killedAt(moment, 1);
        killedAt(moment, 3);
    }

    private void killedAt(Moment moment, int chunks) {
        List<String> before = lines();
        StringBuilder printed = new StringBuilder();
        print(numbers(0, 10) + "unfin", printed);
        Mortal first = new Mortal(moment, chunks);
        Pump pump = pump(first);
        try {
            for (int i = 1; i < 6; i++) {
                move(pump);
                print(i + "ished\n" + numbers(10 * i, 10 * i + 10) + "unfin", printed);
            }
        } catch (Killed e) {
            // the next engine comes
        }
        Pump[] next = new Pump[1];
        try (LogWriter log = takenOver(next)) {
            move(next[0]);
            print("al\n", printed);
            move(next[0]);
        }
        first.close();
        List<String> lines = lines();
        assertThat(String.join("", lines.subList(before.size(), lines.size())))
                .isEqualTo(printed.toString());
    }

    private void print(String text, StringBuilder all) {
        process.print(text);
        all.append(text);
    }

    @Test
    void aSecondCrashDuringTheRecoveryLosesNothingEither() {
        process.print(numbers(0, 50));
        Pump pump = pump(new Mortal(Moment.HALF_DRAINED, 0));
        assertThatThrownBy(() -> move(pump)).isInstanceOf(Killed.class);
        try (LogWriter dying = open()) {
            Pump p = pump(dying);
            LogWriter.Drained drained = dying.recover(p.journalBytes(), 0);
            assertThat(drained.outBytes()).isPositive();
            bench.drain(process.outJournal().read(), drained.outBytes() / 2);
        }
        Pump[] next = new Pump[1];
        try (LogWriter log = takenOver(next)) {
            move(next[0]);
        }
        assertThat(String.join("", lines())).isEqualTo(numbers(0, 50));
    }

    @Test
    void anUnfinishedLineIsSentAtOnceAndLoggedWhenItsEndComes() {
        try (LogWriter log = open()) {
            Pump pump = pump(log);
            process.print("a\nb");
            move(pump);
            assertThat(sent()).isEqualTo("a\nb");
            assertThat(lines()).containsExactly("a\n");
            process.print("c\n");
            move(pump);
            assertThat(sent()).isEqualTo("a\nbc\n");
        }
        assertThat(lines()).containsExactly("a\n", "bc\n");
    }

    @Test
    void aLineInManySmallPiecesStaysOneRecord() {
        StringBuilder line = new StringBuilder();
        try (LogWriter log = open()) {
            Pump pump = pump(log);
            for (int i = 0; i < 150; i++) {
                process.print(i + ".");
                line.append(i).append('.');
                move(pump);
            }
            process.print("\n");
            move(pump);
        }
        assertThat(lines()).containsExactly(line + "\n");
        assertThat(sent()).isEqualTo(line + "\n");
    }

    @Test
    void pieceAfterPieceWithoutAnEndNeverGetsStuck() {
        StringBuilder line = new StringBuilder();
        try (LogWriter log = open()) {
            Pump pump = pump(log);
            for (int i = 0; i < 3000; i++) {
                process.print(i + ".");
                line.append(i).append('.');
                move(pump);
            }
            pump.flush(bench);
        }
        assertThat(String.join("", lines())).isEqualTo(line.toString());
        assertThat(sent()).isEqualTo(line.toString());
    }

    @Test
    void longLinesAreCutEvery16KAsDockerDoes() {
        try (LogWriter log = open()) {
            Pump pump = pump(log);
            for (int i = 0; i < 5; i++) {
                process.print("x".repeat(10_000));
                move(pump);
            }
            process.print("\nend\n");
            move(pump);
        }
        assertThat(lines())
                .extracting(String::length)
                .containsExactly(16384, 16384, 16384, 50_001 - 3 * 16384, 4);
    }

    @Test
    void theLastLineNeedsNoEnd() {
        try (LogWriter log = open()) {
            Pump pump = pump(log);
            process.print("a\nlast");
            move(pump);
            pump.flush(bench);
        }
        assertThat(lines()).containsExactly("a\n", "last");
    }

    @Test
    void muchOutputComesWhole() throws Exception {
        String all = numbers(0, 200_000);
        Thread writer = Thread.ofPlatform().start(() -> process.print(all));
        try (LogWriter log = open()) {
            Pump pump = pump(log);
            while (writer.isAlive() || Pipes.available(process.out.read()) > 0) {
                move(pump);
            }
        }
        assertThat(sent()).isEqualTo(all);
        assertThat(String.join("", lines())).isEqualTo(all);
    }

    @Test
    void withoutALogBytesPassThrough() {
        byte[] bytes = new byte[300];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        process.print(bytes);
        move(pump(LogWriter.none()));
        assertThat(client.toByteArray()).isEqualTo(bytes);
    }
}
