package dev.carafe.engine;

import static dev.carafe.engine.EngineFixture.noNetwork;
import static dev.carafe.engine.EngineFixture.sh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.NotImplemented;
import dev.carafe.engine.config.LogConfig;
import dev.carafe.engine.logs.LogQuery;
import dev.carafe.engine.logs.LogRecord;
import dev.carafe.engine.logs.StreamKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What containers wrote, read back.
class LogsIT {
    private static EngineFixture box;

    @BeforeAll
    static void open() {
        box = EngineFixture.open();
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static String ended(String script) {
        String id = box.start(script);
        box.await(id);
        return id;
    }

    private static List<LogRecord> records(String id, LogQuery query) {
        List<LogRecord> records = new ArrayList<>();
        box.engine().readLogs().read(id, query, r -> records.add(r.copy()));
        return records;
    }

    @Test
    void theFileIsDockers() throws Exception {
        String id = ended("printf 'a \"q\" <b>\\t\\n'; printf 'no end'");
        Path log = box.engine().inspectContainer().inspect(id).files().log();
        assertThat(Files.readAllLines(log))
                .hasSize(2)
                .satisfies(lines ->
                        assertThat(lines.getFirst())
                                .matches(
                                        "\\{\"log\":\"a \\\\\"q\\\\\" \\\\u003cb\\\\u003e(\\\\t|\\\\u0009)\\\\n\","
                                                + "\"stream\":\"stdout\",\"time\":\"[0-9T:.-]+Z\"}"))
                .satisfies(lines ->
                        assertThat(lines.getLast()).startsWith("{\"log\":\"no end\",\"stream\":"));
        assertThat(box.logs(id)).containsExactly("a \"q\" <b>\t\n", "no end");
    }

    @Test
    void streamsAreToldApart() {
        String id = ended("echo out; usleep 50000; echo err >&2; usleep 50000; echo out2");
        assertThat(records(id, LogQuery.all()).stream().map(LogRecord::stream))
                .containsExactly(StreamKind.STDOUT, StreamKind.STDERR, StreamKind.STDOUT);
        LogQuery errors = new LogQuery(false, true, false, null, null, -1, false, false);
        assertThat(box.logs(id, errors)).containsExactly("err\n");
    }

    @Test
    void longLinesComeInPartsAndNothingIsLost() {
        String id =
                ended(
                        "yes abcdefghi | head -c 100000 | while read x; do printf $x; done; echo; echo after");
        List<String> lines = box.logs(id);
        assertThat(lines.getLast()).isEqualTo("after\n");
        assertThat(lines).allMatch(line -> line.length() <= 16 << 10);
        assertThat(String.join("", lines)).isEqualTo("abcdefghi".repeat(10_000) + "\nafter\n");
    }

    @Test
    void anUnfinishedLineStaysOneRecord() {
        String id = ended("for i in 1 2 3 4 5; do printf $i; usleep 20000; done; echo .");
        assertThat(box.logs(id)).containsExactly("12345.\n");
    }

    @Test
    void tailCountsFromTheEnd() {
        String id = ended("seq 1 5000");
        assertThat(box.logs(id, LogQuery.all().withTail(3)))
                .containsExactly("4998\n", "4999\n", "5000\n");
        assertThat(box.logs(id, LogQuery.all().withTail(0))).isEmpty();
        assertThat(box.logs(id, LogQuery.all().withTail(9999))).hasSize(5000).startsWith("1\n");
    }

    @Test
    void sinceAndUntilCutByTime() {
        String id = ended("echo a; usleep 100000; echo b; usleep 100000; echo c");
        List<LogRecord> all = records(id, LogQuery.all());
        Instant middle = all.get(1).time();
        assertThat(box.logs(id, LogQuery.all().withSince(middle))).containsExactly("b\n", "c\n");
        assertThat(box.logs(id, LogQuery.all().withUntil(middle))).containsExactly("a\n", "b\n");
        assertThat(box.logs(id, LogQuery.all().withSince(middle.plusNanos(1))))
                .containsExactly("c\n");
    }

    @Test
    void aFollowerSeesEachLineOnceUntilTheEnd() throws Exception {
        String id = box.start("for i in $(seq 1 500); do echo $i; usleep 500; done");
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        Thread reader =
                Thread.startVirtualThread(() ->
                        box.engine()
                                .readLogs()
                                .read(
                                        id,
                                        LogQuery.all().following(),
                                        r -> seen.add(new String(r.line()).strip())));
        box.await(id);
        reader.join(10_000);
        assertThat(reader.isAlive()).isFalse();
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            expected.add(String.valueOf(i));
        }
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void aLogIsReadWhileNobodyWrites() {
        String id = box.create(sh("echo x"));
        assertThat(box.logs(id, LogQuery.all().following())).isEmpty();
    }

    @Test
    void theDriverNoneKeepsNothingAndClientsStillGetAll() {
        String id =
                box.create(sh("seq 1 1000"), noNetwork().withLog(new LogConfig("none", Map.of())));
        EngineFixture.Collected client = box.attach(id, false);
        box.engine().startContainer().start(id);
        client.join();
        assertThat(client.out()).startsWith("1\n2\n").endsWith("1000\n");
        assertThat(box.engine().inspectContainer().inspect(id).files().log()).isNull();
        assertThatThrownBy(() -> box.logs(id))
                .isInstanceOf(NotImplemented.class)
                .hasMessage("configured logging driver does not support reading");
    }
}
