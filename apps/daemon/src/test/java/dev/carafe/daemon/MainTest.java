package dev.carafe.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Main.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void helpAndVersionNeedNothing() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("Usage:  carafe daemon [OPTIONS]")
                .contains("--data-root");
        out.reset();
        assertThat(run("-v")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .matches("Carafe version [0-9]+\\.[0-9]+\\.[0-9]+.*\\R");
    }

    @Test
    void badUsageIs125() {
        assertThat(run("--nope")).isEqualTo(125);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("unknown flag: --nope", "See 'carafe daemon --help'");
    }

    @Test
    void validateReadsTheConfigurationOnly(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("c.json");
        Files.writeString(file, "{\"hosts\": [\"unix:///x\"]}");
        assertThat(run("--validate", "--config-file", file.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("configuration OK\n");
        Files.writeString(file, "{\"hosts\": [\"nonsense\"]}");
        assertThat(run("--validate", "--config-file", file.toString())).isEqualTo(125);
    }

    @Test
    void passwordsOfProxiesAreNotShown() {
        assertThat(LiveSettings.withoutPassword("http://u:p@h:1/"))
                .isEqualTo("http://xxxxx:xxxxx@h:1/");
        assertThat(LiveSettings.withoutPassword("http://h:1/")).isEqualTo("http://h:1/");
    }

    @Test
    void theServerVersionIsASemanticVersionNearDockersOfThreeParts() {
        assertThat(new Build("0.1.0", "", "").serverVersion())
                .matches("28\\.[0-9]+\\.[0-9]+\\+carafe");
    }
}
