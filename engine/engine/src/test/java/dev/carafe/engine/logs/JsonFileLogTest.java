package dev.carafe.engine.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.testkit.Seeded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFileLogTest {
    @TempDir Path folder;

    private static LogFileOptions rotating(long bytes, int files) {
        return new LogFileOptions(bytes, files, false, "");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(n -> !n.endsWith(".state"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theRecordsAreDockers() throws IOException {
        try (LogFixture f = LogFixture.unbounded(folder)) {
            f.write("a \"q\" \\ <b> & \t\r\u0001\u007f\n");
            f.write(StreamKind.STDERR, "grün \u2028 \uD83D\uDE00".getBytes(StandardCharsets.UTF_8));
            List<String> lines = Files.readAllLines(f.file);
            assertThat(lines.get(0))
                    .startsWith(
                            "{\"log\":\"a \\\"q\\\" \\\\ \\u003cb\\u003e \\u0026 \\u0009\\r\\u0001\u007f\\n\","
                                    + "\"stream\":\"stdout\",\"time\":\"2")
                    .matches(".*\"time\":\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]*[1-9]Z\"}");
            assertThat(lines.get(1))
                    .startsWith(
                            "{\"log\":\"grün \\u2028 \uD83D\uDE00\",\"stream\":\"stderr\",\"time\":\"2");
            assertThat(f.lines(LogQuery.all()))
                    .containsExactly(
                            "a \"q\" \\ <b> & \t\r\u0001\u007f\n", "grün \u2028 \uD83D\uDE00");
        }
    }

    @Test
    void anyTextComesBackAsItWas() {
        Seeded random = new Seeded(1);
        StringBuilder all = new StringBuilder();
        try (LogFixture f = LogFixture.unbounded(folder)) {
            for (int i = 0; i < 300; i++) {
                StringBuilder line = new StringBuilder();
                int length = random.between(0, 200);
                for (int k = 0; k < length; k++) {
                    int c =
                            random.between(0, 4) == 0
                                    ? random.between(0, 0x2fff)
                                    : random.between(32, 126);
                    line.appendCodePoint(c == '\n' || Character.isSurrogate((char) c) ? 'x' : c);
                }
                all.append(line).append('\n');
                f.write(line.append('\n').toString());
            }
            assertThat(String.join("", f.lines(LogQuery.all()))).isEqualTo(all.toString());
        }
    }

    @Test
    void bytesThatAreNoTextBecomeTheReplacementCharacter() {
        try (LogFixture f = LogFixture.unbounded(folder)) {
            f.write(StreamKind.STDOUT, new byte[] {'a', (byte) 0xff, 'b', (byte) 0xc3, '\n'});
            f.write(StreamKind.STDOUT, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80, '\n'});
            assertThat(f.lines(LogQuery.all()))
                    .containsExactly("a\ufffdb\ufffd\n", "\ufffd\ufffd\ufffd\n");
        }
    }

    @Test
    void aLineOfMoreThan16KBecomesSeveralRecords() {
        String line = "0123456789abcdef".repeat(2500) + "\n";
        try (LogFixture f = LogFixture.unbounded(folder)) {
            f.write(line + "next\n");
            List<String> parts = f.lines(LogQuery.all());
            assertThat(parts).extracting(String::length).containsExactly(16384, 16384, 7233, 5);
            assertThat(String.join("", parts)).isEqualTo(line + "next\n");
        }
    }

    @Test
    void timesRiseFromRecordToRecordAlsoOverAReopening() {
        try (LogFixture f = LogFixture.unbounded(folder)) {
            f.write("a\nb\nc\n");
            f.reopen();
            f.write("d\ne\n");
            List<Long> times = f.records(LogQuery.all()).stream().map(LogRecord::nanos).toList();
            assertThat(times).hasSize(5).doesNotHaveDuplicates().isSorted();
        }
    }

    @Test
    void aFullFileIsRotatedAtItsLine() throws IOException {
        try (LogFixture f = new LogFixture(folder, rotating(1000, 3))) {
            StringBuilder all = new StringBuilder();
            LogFixture.numbered(0, 100).forEach(all::append);
            f.write(all.toString());
            assertThat(files()).containsExactly("c-json.log", "c-json.log.1", "c-json.log.2");
            for (String name : files()) {
                assertThat(Files.size(folder.resolve(name))).isLessThan(1100);
            }
            List<String> kept = f.lines(LogQuery.all());
            assertThat(kept).isEqualTo(LogFixture.numbered(100 - kept.size(), 100));
            assertThat(kept).hasSizeGreaterThan(25);
        }
    }

    @Test
    void oneFileIsBegunAnewWhenFull() throws IOException {
        try (LogFixture f = new LogFixture(folder, rotating(1000, 1))) {
            f.numbers(0, 100);
            assertThat(files()).containsExactly("c-json.log");
            assertThat(f.lines(LogQuery.all())).endsWith("99\n");
            assertThat(Files.size(f.file)).isLessThan(1100);
        }
    }

    @Test
    void rotatedFilesAreCompressedAndStillRead() throws Exception {
        try (LogFixture f = new LogFixture(folder, rotating(1000, 4).withCompress(true))) {
            f.numbers(0, 60);
            f.reopen(); // waits for what is being compressed, or gives it up
            List<String> kept = f.lines(LogQuery.all());
            assertThat(kept).isEqualTo(LogFixture.numbered(60 - kept.size(), 60));
            assertThat(f.lines(LogQuery.all().withTail(30))).isEqualTo(LogFixture.numbered(30, 60));
        }
        Segments segments = new Segments(folder.resolve("x"), rotating(10, 3).withCompress(true));
        Files.writeString(folder.resolve("x"), "{\"log\":\"old\\n\"}\n");
        segments.rotate().close();
        until(() -> Files.exists(folder.resolve("x.1.gz")));
        until(() -> !Files.exists(folder.resolve("x.1")));
        assertThat(segments.open().segments().getFirst().records().size()).isEqualTo(16);
        segments.close();
    }

    private static void until(BooleanSupplier done) throws Exception {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(5);
        }
    }

    @Test
    void aFollowerMissesNothingWhenFilesAreRotatedUnderIt() throws Exception {
        AtomicBoolean live = new AtomicBoolean(true);
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        try (LogFixture f = new LogFixture(folder, rotating(2000, 200))) {
            f.numbers(0, 10);
            Thread reader =
                    Thread.ofVirtual()
                            .start(() ->
                                    f.log.read(
                                            LogQuery.all().following(),
                                            r -> seen.add(LogFixture.text(r)),
                                            live::get));
            f.numbers(10, 3000);
            live.set(false);
            f.log.signal();
            reader.join(60_000);
            assertThat(reader.isAlive()).isFalse();
            assertThat(seen).isEqualTo(LogFixture.numbered(0, 3000));
        }
    }

    @Test
    void aFollowerThatCameBeforeTheFirstLineKeepsItWhenTheContainerIsRemoved() {
        AtomicBoolean live = new AtomicBoolean(true);
        List<String> seen = new ArrayList<>();
        try (LogFixture f = LogFixture.unbounded(folder)) {
            f.log.begin();
            f.log.read(
                    LogQuery.all().following(),
                    new LogSink() {
                        @Override
                        public void accept(LogRecord record) {
                            seen.add(LogFixture.text(record));
                        }

                        @Override
                        public void idle() throws IOException {
                            if (live.getAndSet(false)) {
                                f.write("late\n");
                                Files.delete(f.file);
                            }
                        }
                    },
                    live::get);
            assertThat(seen).containsExactly("late\n");
        }
    }

    @Test
    void aSlowFollowerDoesNotHoldUpTheWriter() throws Exception {
        AtomicBoolean live = new AtomicBoolean(true);
        AtomicBoolean stuck = new AtomicBoolean(true);
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        try (LogFixture f = LogFixture.unbounded(folder)) {
            f.numbers(0, 1);
            Thread reader =
                    Thread.ofVirtual()
                            .start(() ->
                                    f.log.read(
                                            LogQuery.all().following(),
                                            r -> {
                                                while (stuck.get()) {
                                                    Thread.onSpinWait();
                                                    Thread.yield();
                                                }
                                                seen.add(LogFixture.text(r));
                                            },
                                            live::get));
            f.numbers(1, 5000);
            stuck.set(false);
            live.set(false);
            f.log.signal();
            reader.join(60_000);
            assertThat(seen).isEqualTo(LogFixture.numbered(0, 5000));
        }
    }

    @Test
    void attributesComeWithTheRecords() throws IOException {
        String json = LogAttributes.json(Map.of("tag", "a\"b<"));
        LogFileOptions options = new LogFileOptions(-1, 1, false, json);
        try (LogFixture f = new LogFixture(folder, options)) {
            f.write("x\n");
            assertThat(Files.readString(f.file))
                    .startsWith(
                            "{\"log\":\"x\\n\",\"stream\":\"stdout\",\"attrs\":{\"tag\":\"a\\\"b\\u003c\"},\"time\":\"");
            assertThat(f.records(LogQuery.all()).getFirst().attributes())
                    .isEqualTo(Map.of("tag", "a\"b<"));
        }
    }

    @Test
    void whatAFullDiskCanNotTakeIsLostAndTheRestGoesOn() throws IOException {
        Files.createSymbolicLink(folder.resolve("c-json.log"), Path.of("/dev/full"));
        try (LogFixture f = LogFixture.unbounded(folder)) {
            f.write("lost\n");
        }
        Files.delete(folder.resolve("c-json.log"));
        try (LogFixture f = LogFixture.unbounded(folder)) {
            f.write("kept\n");
            assertThat(f.lines(LogQuery.all())).containsExactly("kept\n");
        }
    }

    @Test
    void aHalfRecordAtTheEndIsDroppedAndDamagedOnesAreSkipped() throws IOException {
        try (LogFixture f = LogFixture.unbounded(folder)) {
            f.write("a\n");
            f.log.close();
            Files.writeString(
                    f.file,
                    Files.readString(f.file)
                            + "garbage\n{\"log\":\"x\",\"time\":\"never\"}\n{\"log\":\"half");
            f.reopen();
            f.write("b\n");
            assertThat(f.lines(LogQuery.all())).containsExactly("a\n", "b\n");
        }
    }
}
