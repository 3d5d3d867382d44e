package dev.carafe.engine.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.testkit.Seeded;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Parts of a log, against looking at each record.
class LogQueryTest {
    @TempDir Path folder;
    private LogFixture log;
    private List<LogRecord> all;

    @BeforeEach
    void write() {
        log = new LogFixture(folder, new LogFileOptions(300_000, 6, false, ""));
        Seeded random = new Seeded(7);
        for (int i = 0; i < 4000; i++) {
            StreamKind stream = random.between(0, 3) == 0 ? StreamKind.STDERR : StreamKind.STDOUT;
            String line = i + " " + "x".repeat(random.between(0, 400)) + "\n";
            log.write(stream, line.getBytes(StandardCharsets.UTF_8));
        }
        all = log.records(LogQuery.all());
        assertThat(all.size()).isBetween(1000, 4000);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static List<String> texts(List<LogRecord> records) {
        return records.stream().map(LogFixture::text).toList();
    }

    @Test
    void sinceAndUntilAreExactAtEveryPlace() {
        for (int i = 0; i < all.size(); i += 97) {
            Instant time = all.get(i).time();
            assertThat(log.lines(LogQuery.all().withSince(time)))
                    .isEqualTo(texts(all.subList(i, all.size())));
            assertThat(log.lines(LogQuery.all().withSince(time.plusNanos(1))))
                    .isEqualTo(texts(all.subList(i + 1, all.size())));
            assertThat(log.lines(LogQuery.all().withUntil(time)))
                    .isEqualTo(texts(all.subList(0, i + 1)));
        }
        assertThat(log.lines(LogQuery.all().withSince(Instant.EPOCH))).isEqualTo(texts(all));
        assertThat(log.lines(LogQuery.all().withSince(Instant.now().plusSeconds(9)))).isEmpty();
        assertThat(log.lines(LogQuery.all().withUntil(Instant.EPOCH))).isEmpty();
    }

    @Test
    void tailCountsBackOverTheFiles() {
        for (int n = 0; n < all.size() + 100; n += 211) {
            int from = Math.max(0, all.size() - n);
            assertThat(log.lines(LogQuery.all().withTail(n)))
                    .isEqualTo(texts(all.subList(from, all.size())));
        }
    }

    @Test
    void tailCountsBothStreamsBeforeOneIsLeftOut() {
        LogQuery errors = new LogQuery(false, true, false, null, null, 50, false, false);
        List<LogRecord> expected = new ArrayList<>(all.subList(all.size() - 50, all.size()));
        expected.removeIf(r -> r.stream() != StreamKind.STDERR);
        assertThat(log.lines(errors)).isEqualTo(texts(expected));
    }

    @Test
    void tailAndSinceHoldTogether() {
        Instant time = all.get(all.size() - 20).time();
        assertThat(log.lines(LogQuery.all().withTail(50).withSince(time)))
                .isEqualTo(texts(all.subList(all.size() - 20, all.size())));
        assertThat(log.lines(LogQuery.all().withTail(5).withSince(time)))
                .isEqualTo(texts(all.subList(all.size() - 5, all.size())));
    }

    @Test
    void aTimeIsWrittenWithNineDigits() {
        LogRecord record = all.getFirst();
        byte[] text = new byte[30];
        record.putTime(text, 0);
        String written = new String(text, StandardCharsets.US_ASCII);
        assertThat(written).matches("[-0-9]{10}T[0-9:]{8}\\.[0-9]{9}Z");
        assertThat(Instant.parse(written)).isEqualTo(record.time());
    }

    @Test
    void timesAreGosAndComeBack() {
        Timestamps times = new Timestamps();
        for (String text :
                List.of(
                        "2026-11-27T19:12:16Z",
                        "2024-02-29T23:59:59.5Z",
                        "1999-12-31T00:00:00.000000001Z",
                        "2000-03-01T12:00:00.12Z")) {
            long nanos = Timestamps.nanos(Instant.parse(text));
            byte[] out = new byte[40];
            int end = times.put(nanos, out, 0);
            assertThat(new String(out, 0, end, StandardCharsets.US_ASCII)).isEqualTo(text);
            assertThat(Timestamps.parse(out, 0, end)).isEqualTo(nanos);
        }
    }
}
