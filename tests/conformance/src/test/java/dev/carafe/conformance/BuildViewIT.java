package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What our command line shows of builds, and the build checks.
class BuildViewIT {
    private static final String CHECKED =
            "FROM busybox AS Base\nRUN echo said; sleep 0.1\nCMD echo\n";
    private static Carafe carafe;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("bview");
    }

    @AfterAll
    static void stop() {
        carafe.close();
    }

    private static String context(String name, String dockerfile) throws IOException {
        Path folder = carafe.home().resolve("contexts").resolve(name);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("Dockerfile"), dockerfile);
        return folder.toString();
    }

    @Test
    void plainNumbersTheStepsAndEndsWithTheWarnings() throws IOException {
        String folder = context("plain", CHECKED + "LABEL plain=1\n");
        Path id = carafe.home().resolve("id");
        Path metadata = carafe.home().resolve("metadata");
        Command built =
                carafe.carafe(
                        "build",
                        "--progress=plain",
                        "-t",
                        "plain:1",
                        "--iidfile",
                        id.toString(),
                        "--metadata-file",
                        metadata.toString(),
                        folder);
        assertThat(built.ok()).isEmpty();
        assertThat(built.err())
                .containsPattern(
                        "#1 \\[1/2\\] FROM docker.io/library/busybox:latest\n#1 DONE \\d+\\.\\ds\n")
                .containsPattern("\n#2 \\d+\\.\\d{3} said\n#2 DONE ")
                .endsWith(
                        " - StageNameCasing: Stage name 'Base' should be lowercase (line 1)\n"
                                + " - JSONArgsRecommended: JSON arguments recommended for CMD to"
                                + " prevent unintended behavior related to OS signals (line 3)\n");
        String image = carafe.docker("image", "inspect", "-f", "{{.Id}}", "plain:1").ok();
        assertThat(id).hasContent(image);
        assertThat(metadata)
                .content()
                .contains("\"containerimage.config.digest\":\"" + image + "\"")
                .contains("\"image.name\":\"plain:1\"");
        assertThat(carafe.carafe("build", "--progress=plain", folder).err())
                .contains("#2 CACHED\n");
        Command quiet = carafe.carafe("build", "-q", folder);
        assertThat(quiet.ok()).isEqualTo(image);
        assertThat(quiet.err()).isEmpty();
        assertThat(carafe.carafe("build", "--progress=rawjson", folder).err().lines())
                .allMatch(line -> line.startsWith("{\"vertexes\":[{\"digest\":\"sha256:"))
                .anyMatch(line -> line.contains("\"cached\":true"));
    }

    @Test
    void stepsAreDrawnOnATerminal() throws IOException {
        String folder = context("drawn", CHECKED);
        String screen =
                Command.shell(
                                "script -qec '"
                                        + Carafe.PROGRAM
                                        + " -H unix://"
                                        + carafe.socket()
                                        + " build --no-cache "
                                        + folder
                                        + "' /dev/null </dev/null")
                        .ok();
        assertThat(screen)
                .containsPattern("\\[\\+\\] Building \\d+\\.\\ds \\(2/2\\) FINISHED")
                .containsPattern("=> \\[2/2\\] RUN echo said; sleep 0.1");
    }

    @Test
    void aFailedStepKeepsItsCode() throws IOException {
        Command failed =
                carafe.carafe(
                        "build", "--progress=plain", context("bad", "FROM busybox\nRUN exit 7\n"));
        assertThat(failed.exit()).isEqualTo(7);
        assertThat(failed.err())
                .contains("#2 ERROR: process \"/bin/sh -c exit 7\" did not complete successfully")
                .contains(
                        """
                        Dockerfile:2
                        --------------------
                           1 |     FROM busybox
                           2 | >>> RUN exit 7
                        --------------------
                        """);
        Command said =
                carafe.carafe(
                        "build", "-q", context("said", "FROM busybox\nRUN echo why; exit 8\n"));
        assertThat(said.exit()).isEqualTo(8);
        assertThat(said.err())
                .containsPattern(
                        "------\n > \\[2/2\\] RUN echo why; exit 8:\n\\d\\.\\d{3} why\n------\n");
        Command mistake = carafe.carafe("build", context("mistake", "FROM busybox\nRUNN x\n"));
        assertThat(mistake.err())
                .contains("   2 | >>> RUNN x\n")
                .contains("unknown instruction: RUNN (did you mean RUN?)");
    }

    @Test
    void whatATargetTakesIsTold() throws IOException {
        String folder =
                context(
                        "outline",
                        "# VERSION of the thing\nARG VERSION=1\nFROM busybox AS one\nRUN --mount=type=secret,id=key,required true\n# two is it\nFROM one AS two\nARG VERSION\n");
        assertThat(carafe.carafe("build", "--call=outline", folder).ok())
                .isEqualTo(
                        """
                        TARGET:        two
                        DESCRIPTION:   is it

                        BUILD ARG   VALUE   DESCRIPTION
                        VERSION     1       of the thing

                        SECRET   REQUIRED
                        key      true\
                        """);
        assertThat(carafe.carafe("build", "--call=targets", folder).ok())
                .isEqualTo("TARGET          DESCRIPTION\none\ntwo (default)   is it");
    }

    @Test
    void attestationsAreOnlyLeftOut() throws IOException {
        String folder = context("attested", "FROM busybox\n");
        carafe.carafe("build", "--provenance=false", "--sbom=false", "--allow=network.host", folder)
                .ok();
        assertThat(carafe.carafe("build", "--provenance=mode=max", folder).err())
                .contains(
                        "--provenance=mode=max is not done by carafe build: docker buildx build does"
                                + " it");
    }

    @Test
    void checksBuildNothing() throws IOException {
        Command checked = carafe.carafe("build", "--check", context("checked", CHECKED));
        assertThat(checked.exit()).isEqualTo(1);
        assertThat(checked.out())
                .startsWith("Check complete, 2 warnings have been found!\n")
                .contains(
                        "WARNING: StageNameCasing - https://docs.docker.com/go/dockerfile/rule/stage-name-casing/\n")
                .contains("   1 | >>> FROM busybox AS Base\n");
        Command clean =
                carafe.carafe(
                        "build",
                        "--check",
                        context("clean", "FROM nowhere.invalid/x\nCMD [\"a\"]\n"));
        assertThat(clean.ok()).isEqualTo("Check complete, no warnings found.");
        Command refused =
                carafe.carafe("build", context("errors", "# check=error=true\n" + CHECKED));
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .contains("lint violation found for rules: StageNameCasing, JSONArgsRecommended");
    }
}
