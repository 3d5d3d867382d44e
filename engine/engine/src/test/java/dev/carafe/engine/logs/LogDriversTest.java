package dev.carafe.engine.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.config.LogConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogDriversTest {
    private final LogDrivers drivers = new LogDrivers(LogConfig.defaults());

    private static LogSubject subject(Path folder) {
        return new LogSubject(
                folder,
                "0123456789abcdef",
                "web",
                "nginx:1",
                "sha256:fedcba9876543210",
                List.of("nginx", "-g"),
                Instant.EPOCH,
                Map.of("team", "blue", "tier", "1", "x", "y"),
                List.of("HOME=/", "LANG=C", "EMPTY="));
    }

    private void refused(String driver, Map<String, String> options, String words) {
        assertThatThrownBy(() -> drivers.resolve(new LogConfig(driver, options)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage(words);
    }

    @Test
    void unknownDriversAndOptionsAreRefusedInDockersWords() {
        refused("nosuch", Map.of(), "logger: no log driver named 'nosuch' is registered");
        refused(
                "json-file",
                Map.of("max-sise", "1m"),
                "unknown log opt 'max-sise' for json-file log driver");
        refused("local", Map.of("tag", "x"), "unknown log opt 'tag' for log-driver local");
        refused("", Map.of("mode", "fast"), "logger: logging mode not supported: fast");
        refused(
                "",
                Map.of("max-buffer-size", "1m"),
                "logger: max-buffer-size option is only supported with 'mode=non-blocking'");
        refused("", Map.of("max-file", "0"), "max-file cannot be less than 1");
        refused("", Map.of("max-size", "0"), "max-size must be a positive number");
        refused(
                "",
                Map.of("compress", "true", "max-file", "1"),
                "compress cannot be true when max-file is less than 2 or max-size is not set");
    }

    @Test
    void theDaemonsOptionsHoldForItsDriverOnly() {
        LogDrivers own = new LogDrivers(new LogConfig("", Map.of("max-size", "5m", "tag", "t")));
        assertThat(own.resolve(LogConfig.defaults()))
                .isEqualTo(new LogConfig("json-file", Map.of("max-size", "5m", "tag", "t")));
        assertThat(own.resolve(new LogConfig("json-file", Map.of("max-size", "1m"))).options())
                .isEqualTo(Map.of("max-size", "1m", "tag", "t"));
        assertThat(own.resolve(new LogConfig("local", Map.of())).options()).isEmpty();
        assertThatThrownBy(() -> new LogDrivers(new LogConfig("x", Map.of())))
                .hasMessage("logger: no log driver named 'x' is registered");
    }

    @Test
    void tagsAndAttributesAreOfTheContainer(@TempDir Path folder) {
        LogSubject s = subject(folder);
        assertThat(LogTag.of("{{.Name}}/{{ .ID }}-{{.ImageName}} {{.FullID}}", s))
                .isEqualTo("web/0123456789ab-nginx:1 0123456789abcdef");
        assertThat(LogTag.of("{{.ImageID}}|{{.ImageFullID}}|{{.DaemonName}}", s))
                .isEqualTo("fedcba987654|sha256:fedcba9876543210|docker");
        assertThatThrownBy(() -> LogTag.of("{{.Nothing}}", s)).isInstanceOf(InvalidArgument.class);
        assertThat(
                        LogAttributes.of(
                                s,
                                Map.of("labels", "team,none", "labels-regex", "^t", "env", "LANG")))
                .isEqualTo(Map.of("team", "blue", "tier", "1", "LANG", "C"));
        assertThat(LogAttributes.of(s, Map.of())).isEmpty();
    }

    @Test
    void theLocalDriverHasAFileOfItsOwn(@TempDir Path folder) {
        LogConfig local = drivers.resolve(new LogConfig("local", Map.of()));
        assertThat(LogDrivers.file(local, folder, "id")).isNull();
        assertThat(LogDrivers.file(new LogConfig("json-file", Map.of()), folder, "id"))
                .isEqualTo(folder.resolve("id-json.log"));
        try (LogWriter log = drivers.open(local, subject(folder))) {
            byte[] line = "hello\n".getBytes(StandardCharsets.UTF_8);
            log.store(StreamKind.STDOUT, line, 0, line.length, line.length);
            log.commit();
            assertThat(folder.resolve("local-logs/container.log")).isNotEmptyFile();
        }
    }
}
