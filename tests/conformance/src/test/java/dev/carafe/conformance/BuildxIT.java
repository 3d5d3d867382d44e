package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The real docker command line with its buildx plugin: builds by BuildKit's services.
class BuildxIT {
    private static Carafe carafe;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("buildx");
    }

    @AfterAll
    static void stop() {
        carafe.close();
    }

    private static Path context(String name, String dockerfile) throws IOException {
        Path folder = carafe.home().resolve("contexts").resolve(name);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("Dockerfile"), dockerfile);
        return folder;
    }

    private static Command build(Object... words) {
        return buildWithInput("", words);
    }

    private static Command buildWithInput(String stdin, Object... words) {
        List<String> all = new ArrayList<>(List.of("buildx", "build", "--progress=plain"));
        for (Object word : words) {
            all.add(word.toString());
        }
        return carafe.dockerWithInput(
                stdin.getBytes(StandardCharsets.UTF_8), all.toArray(new String[0]));
    }

    private static String run(String image, String... words) {
        List<String> all = new ArrayList<>(List.of("run", "--rm", image));
        all.addAll(List.of(words));
        return carafe.docker(all.toArray(new String[0])).ok();
    }

    @Test
    void aBuildIsShownStepByStepTaggedAndCached() throws IOException {
        Path folder =
                context(
                        "plain",
                        """
                        FROM busybox AS base
                        WORKDIR /app
                        COPY . .
                        RUN cat a.txt >seen && echo told
                        FROM base
                        CMD ["cat", "/app/seen"]
                        """);
        Files.writeString(folder.resolve("a.txt"), "text\n");
        Files.writeString(folder.resolve("secret.txt"), "ignored\n");
        Files.writeString(folder.resolve(".dockerignore"), "secret*\n!nothing\n");
        Command first = build("-t", "plain:1", "-t", "plain:2", folder);
        first.ok();
        assertThat(first.err())
                .contains("[internal] load build definition from Dockerfile")
                .contains("[internal] load build context")
                .contains("[base 1/4] FROM busybox")
                .contains("[base 4/4] RUN cat a.txt >seen && echo told")
                .containsPattern("#\\d+ \\d+\\.\\d+ told\n")
                .contains("naming to docker.io/library/plain:2 done");
        assertThat(run("plain:2")).isEqualTo("text");
        assertThat(run("plain:1", "ls", "/app")).isEqualTo("Dockerfile\na.txt\nseen");
        String id = carafe.docker("image", "inspect", "-f", "{{.Id}}", "plain:1").ok();
        Command second = build("-t", "plain:1", folder);
        second.ok();
        assertThat(second.err())
                .contains("CACHED")
                .doesNotContainPattern("#\\d+ \\d+\\.\\d+ told\n");
        assertThat(carafe.docker("image", "inspect", "-f", "{{.Id}}", "plain:1").ok())
                .isEqualTo(id);
        assertThat(carafe.home().resolve("data/build/contexts")).isEmptyDirectory();
    }

    @Test
    void dockerBuildIsTheSame() throws IOException {
        Path folder = context("alias", "FROM busybox\nARG WHO\nRUN echo \"hello $WHO\" >/hello\n");
        Path id = carafe.home().resolve("iid");
        Path metadata = carafe.home().resolve("metadata");
        String quiet =
                carafe.docker(
                                "build",
                                "-q",
                                "--build-arg=WHO=you",
                                "--iidfile=" + id,
                                "--metadata-file=" + metadata,
                                folder.toString())
                        .ok();
        assertThat(quiet).startsWith("sha256:").isEqualTo(Files.readString(id));
        assertThat(Files.readString(metadata)).contains("\"containerimage.digest\": \"" + quiet);
        assertThat(run(quiet, "cat", "/hello")).isEqualTo("hello you");
    }

    @Test
    void aFailingCommandIsShownWithItsOutputAndItsLine() throws IOException {
        Path folder = context("failing", "FROM busybox\nRUN echo out; echo err >&2; exit 3\n");
        Command failed = build(folder);
        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.err())
                .containsPattern("#\\d+ \\d+\\.\\d+ err\n")
                .contains("   2 | >>> RUN echo out; echo err >&2; exit 3")
                .contains(
                        "process \"/bin/sh -c echo out; echo err >&2; exit 3\" did not complete"
                                + " successfully: exit code: 3");
        assertThat(carafe.docker("ps", "-aq").ok()).isEmpty();
    }

    @Test
    void dockerfilesComeFromAnywhere() throws IOException {
        Path folder = context("elsewhere", "FROM busybox\nRUN false\n");
        Path other = Files.createDirectories(carafe.home().resolve("other")).resolve("My.file");
        Files.writeString(other, "FROM busybox\nCOPY Dockerfile /d\n");
        build("-t", "elsewhere:1", "-f", other, folder).ok();
        assertThat(run("elsewhere:1", "cat", "/d")).contains("RUN false");
        Path big = carafe.home().resolve("contexts/elsewhere");
        buildWithInput("FROM busybox\nRUN echo stdin >/s\n", "-t", "stdin:1", "-f", "-", big).ok();
        assertThat(run("stdin:1", "cat", "/s")).isEqualTo("stdin");
        buildWithInput("FROM busybox\nRUN echo alone >/s\n", "-t", "stdin:2", "-").ok();
        assertThat(run("stdin:2", "cat", "/s")).isEqualTo("alone");
        assertThat(build("-f", big.resolve("none"), folder).err()).contains("no such file");
    }

    @Test
    void mistakesAreToldWithTheirLine() {
        Command wrong = buildWithInput("FROM busybox\n\nFRMO x\n", "-");
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.err())
                .contains("   3 | >>> FRMO x")
                .contains("dockerfile parse error on line 3: unknown instruction: FRMO");
        Command foreign = buildWithInput("# syntax=example.com/other:1\nFROM busybox\n", "-");
        assertThat(foreign.err()).contains("the syntax example.com/other:1 is not supported");
        buildWithInput("# syntax=docker/dockerfile:1\nFROM busybox\nRUN true\n", "-").ok();
    }
}
