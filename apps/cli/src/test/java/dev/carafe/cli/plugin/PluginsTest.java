package dev.carafe.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.cli.FakeDaemon;
import dev.carafe.cli.command.CommandLine;
import dev.carafe.cli.terminal.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A plugin that writes its words and its variables into a file.
class PluginsTest {
    private static final String SCRIPT =
            """
            #!/bin/sh
            case "$1" in
                docker-cli-plugin-metadata)
                    echo '{"SchemaVersion":"0.1.0","Vendor":"Somebody","Version":"7","ShortDescription":"Does it"}' ;;
                __complete | --*)
                    case "$*" in *__complete*) printf 'up\\tStart\\ndown\\tEnd\\n:4\\n'; exit 0 ;; esac
                    printf '%s\\n' "$@" "host=$DOCKER_HOST" "by=$DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND" > "${0%/*}/told"
                    exit 9 ;;
            esac
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir Path dir;

    @BeforeEach
    void install() throws IOException {
        plugin("doit", SCRIPT);
        plugin("broken", "#!/bin/sh\necho nothing\n");
    }

    private void plugin(String name, String script) throws IOException {
        Path file = Files.createDirectories(dir.resolve("cli-plugins")).resolve("docker-" + name);
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int run(String... words) {
        List<String> all = new ArrayList<>(List.of("--config", dir.toString()));
        all.addAll(List.of(words));
        return new CommandLine(
                        InputStream.nullInputStream(),
                        false,
                        new Output(out, false),
                        new Output(err, false))
                .run(all);
    }

    @Test
    void itsCommandIsRunWithTheOptionsBeforeItAndItsCodeIsOurs() throws IOException {
        assertThat(run("-H", "unix:///x.sock", "--no-autostart", "doit", "up", "-H", "y"))
                .isEqualTo(9);
        assertThat(Files.readAllLines(dir.resolve("cli-plugins/told")))
                .startsWith("--config=" + dir, "--host=unix:///x.sock", "doit", "up", "-H", "y")
                .anyMatch(line -> line.startsWith("by=") && line.endsWith("carafe"));
    }

    @Test
    void withoutAnAddressItIsLedToOurDaemon() throws IOException {
        assertThat(run("--no-autostart", "doit", "version")).isEqualTo(9);
        String expected =
                System.getenv().getOrDefault("DOCKER_HOST", "unix:///run/carafe/carafe.sock");
        assertThat(Files.readAllLines(dir.resolve("cli-plugins/told")))
                .contains("host=" + expected);
    }

    @Test
    void itIsShownInHelpAndInInfo() throws IOException {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("  doit*       Does it\n").doesNotContain("broken");
        out.reset();
        try (FakeDaemon daemon = new FakeDaemon(e -> e.json(200, "{}"))) {
            assertThat(run("-H", daemon.address(), "info", "-f", "{{json .ClientInfo.Plugins}}"))
                    .isZero();
        }
        assertThat(out.toString()).contains("\"Name\":\"doit\"", "\"Vendor\":\"Somebody\"");
    }

    @Test
    void buildxDoesWhatBuilderDoesNot() throws IOException {
        plugin("buildx", SCRIPT);
        assertThat(run("--no-autostart", "builder", "version")).isEqualTo(9);
        assertThat(Files.readAllLines(dir.resolve("cli-plugins/told")))
                .containsSubsequence("buildx", "version");
    }

    @Test
    void itCompletesItsOwnWords() {
        assertThat(run("__complete", "do")).isZero();
        assertThat(run("__complete", "doit", "u")).isZero();
        assertThat(out.toString())
                .isEqualTo("doit\t" + dir.resolve("cli-plugins/docker-doit") + "\nup\tStart\n");
    }

    @Test
    void whatIsNoPluginIsUnknown() {
        assertThat(run("doitt")).isEqualTo(1);
        assertThat(err.toString()).startsWith("carafe: unknown command: carafe doitt\n");
        assertThat(run("../doit")).isEqualTo(1);
    }
}
