package dev.carafe.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.cli.Resources;
import dev.carafe.cli.terminal.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `context` and its commands: no daemon is asked.
class ContextCommandsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private byte[] input = new byte[0];

    @TempDir Path dir;

    private int run(String line) {
        out.reset();
        err.reset();
        List<String> words = new ArrayList<>(List.of("--config", dir.toString()));
        words.addAll(Resources.words(line));
        return new CommandLine(
                        new ByteArrayInputStream(input),
                        false,
                        new Output(out, false),
                        new Output(err, false))
                .run(words);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void oneIsMadeShownUsedAndRemoved() throws IOException {
        assertThat(run("context create far --description there --docker host=ssh://me@far"))
                .isZero();
        assertThat(out()).isEqualTo("far\n");
        assertThat(err()).isEqualTo("Successfully created context \"far\"\n");
        assertThat(run("context create far")).isEqualTo(1);
        assertThat(err()).isEqualTo("context \"far\" already exists\n");
        assertThat(run("context ls")).isZero();
        assertThat(out().lines())
                .anyMatch(l -> l.matches("NAME +DESCRIPTION +DOCKER ENDPOINT +ERROR *"))
                .anyMatch(l -> l.startsWith("default * "))
                .anyMatch(l -> l.matches("far +there +ssh://me@far *"));
        assertThat(run("context use far")).isZero();
        assertThat(err()).isEqualTo("Current context is now \"far\"\n");
        assertThat(dir.resolve("config.json")).content().contains("\"currentContext\": \"far\"");
        assertThat(run("context show")).isZero();
        assertThat(out()).isEqualTo("far\n");
        assertThat(run("context ls --format {{.Name}}={{.Current}}={{.DockerEndpoint}}")).isZero();
        assertThat(out())
                .isEqualTo("default=false=unix:///run/carafe/carafe.sock\nfar=true=ssh://me@far\n");
        assertThat(run("context rm far default none")).isEqualTo(1);
        assertThat(err())
                .isEqualTo(
                        "context \"far\" is in use, set -f flag to force remove\n"
                                + "context \"default\" cannot be removed\n"
                                + "context \"none\" does not exist\n");
        assertThat(run("context use default")).isZero();
        assertThat(dir.resolve("config.json")).content().doesNotContain("currentContext");
        assertThat(run("context rm far")).isZero();
        assertThat(out()).isEqualTo("far\n");
        assertThat(run("context ls -q")).isZero();
        assertThat(out()).isEqualTo("default\n");
    }

    @Test
    void certificatesAreKeptForTheUserAloneAndTravelInAnArchive() throws IOException {
        Path ca = Files.writeString(dir.resolve("a.pem"), "authority");
        Path key = Files.writeString(dir.resolve("k.pem"), "secret");
        assertThat(run("context create safe --docker host=tcp://far:2376,ca=" + ca + ",key=" + key))
                .isZero();
        assertThat(run("context inspect safe")).isZero();
        assertThat(out())
                .contains("\"Host\": \"tcp://far:2376\"", "\"ca.pem\"", "\"key.pem\"")
                .doesNotContain("secret");
        Path kept;
        try (var all = Files.walk(dir.resolve("contexts/tls"))) {
            kept = all.filter(p -> p.endsWith("key.pem")).findFirst().orElseThrow();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        Path archive = dir.resolve("safe.tar");
        assertThat(run("context export safe " + archive)).isZero();
        assertThat(err()).isEqualTo("Written file \"" + archive + "\"\n");
        assertThat(run("context export safe " + archive)).isEqualTo(1);
        input = Files.readAllBytes(archive);
        assertThat(run("context import copy -")).isZero();
        assertThat(run("context inspect copy -f {{.Name}}|{{.Endpoints.docker.Host}}")).isZero();
        assertThat(out()).isEqualTo("copy|tcp://far:2376\n");
        try (var all = Files.walk(dir.resolve("contexts/tls"))) {
            assertThat(all.filter(p -> p.endsWith("key.pem")))
                    .hasSize(2)
                    .allSatisfy(p -> assertThat(p).hasContent("secret"));
        }
    }

    @Test
    void theDaemonOfOneCanChange() {
        run("context create one --description first --docker host=tcp://a:1");
        assertThat(run("context update one --docker host=tcp://b:2")).isZero();
        assertThat(err()).isEqualTo("Successfully updated context \"one\"\n");
        assertThat(run("context create two --from one --description second")).isZero();
        assertThat(run("context ls --format {{.Name}}|{{.Description}}|{{.DockerEndpoint}}"))
                .isZero();
        assertThat(out()).contains("one|first|tcp://b:2\n", "two|second|tcp://b:2\n");
    }

    @Test
    void whatCanNotBeIsTold() {
        assertThat(run("context create default")).isEqualTo(1);
        assertThat(err()).isEqualTo("\"default\" is a reserved context name\n");
        assertThat(run("context create ../x")).isEqualTo(1);
        assertThat(err()).startsWith("context name \"../x\" is invalid");
        assertThat(run("context create x1 --docker host=nowhere")).isEqualTo(1);
        assertThat(err())
                .isEqualTo(
                        "unable to create docker endpoint config: unable to apply docker endpoint options:"
                                + " unable to parse docker host `nowhere`\n");
        assertThat(run("context create x1 --docker house=tcp://x")).isEqualTo(1);
        assertThat(err())
                .isEqualTo(
                        "unable to create docker endpoint config: unrecognized config key: house\n");
        assertThat(run("context use x1")).isEqualTo(1);
        assertThat(err()).startsWith("context \"x1\": context not found");
        input = "no archive".getBytes(StandardCharsets.UTF_8);
        assertThat(run("context import x1 -")).isEqualTo(1);
        assertThat(err()).startsWith("not an archive of a context: ");
        assertThat(dir.resolve("contexts")).doesNotExist();
    }
}
