package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Our own `carafe build` with the options that docker has in buildx only: named contexts, outputs,
/// several platforms.
class BuildOutputIT {
    private static Carafe carafe;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("output");
    }

    @AfterAll
    static void stop() {
        carafe.close();
    }

    private static Path folder(String name, String dockerfile) throws IOException {
        Path folder = Files.createDirectories(carafe.home().resolve(name));
        Files.writeString(folder.resolve("Dockerfile"), dockerfile);
        Files.writeString(folder.resolve("file"), "of " + name + "\n");
        return folder;
    }

    private static Command build(Path folder, String... words) {
        List<String> all = new ArrayList<>(List.of("build"));
        all.addAll(List.of(words));
        all.add(folder.toString());
        return carafe.carafe(all.toArray(new String[0]));
    }

    private static String images() {
        return carafe.docker("images", "-aq").ok();
    }

    @Test
    void namedContextsAreFoldersImagesAndAddresses() throws IOException {
        Path one = folder("one", "");
        Files.writeString(one.resolve("secret"), "x");
        Files.writeString(one.resolve(".dockerignore"), "secret\n");
        Path two = folder("two", "");
        Path main =
                folder(
                        "named",
                        """
                        FROM alpine AS base
                        COPY --from=one . /one/
                        FROM nowhere.invalid/x:1
                        COPY --from=base /one /one
                        COPY --from=other file /two
                        RUN --mount=from=other,target=/m cat /one/file /two /m/file file 2>/dev/null; ls /one
                        """);
        String shown =
                build(
                                main,
                                "--build-context",
                                "one=" + one,
                                "--build-context",
                                "other=" + two,
                                "--build-context",
                                "alpine=docker-image://busybox",
                                "--build-context",
                                "nowhere.invalid/x:1=docker-image://busybox:latest")
                        .logged();
        assertThat(shown).contains("of one\nof two\nof two\n").contains("\nDockerfile\nfile\n");
        assertThat(build(main, "--build-context", "one").err())
                .contains("invalid context value: one, expected key=value");
        assertThat(build(main, "--build-context", "one=/nowhere").err())
                .contains("failed to get build context one: /nowhere is no directory");
        assertThat(build(main, "--build-context", "one=oci-layout:///x").err())
                .contains("carafe load");
    }

    @Test
    void ofLargeContextsOnlyChangesAreSent() throws IOException {
        Path main = folder("large", "FROM scratch\nCOPY . /\n");
        Files.writeString(main.resolve(".dockerignore"), "ignored*\n.dockerignore\nDockerfile\n");
        Files.writeString(main.resolve("ignored-file"), "x");
        for (int i = 0; i < 250; i++) {
            Files.writeString(main.resolve("file" + i), "text " + i);
        }
        Path out = carafe.home().resolve("large-out");
        build(main, "-o", out.toString()).ok();
        assertThat(out).isDirectoryNotContaining("glob:**/{ignored,.,D}*");
        assertThat(out.resolve("file249")).hasContent("text 249");
        Files.writeString(main.resolve("file7"), "TEXT 7");
        Files.delete(main.resolve("file8"));
        Path again = carafe.home().resolve("large-again");
        build(main, "-o", again.toString()).ok();
        assertThat(again.resolve("file7")).hasContent("TEXT 7");
        assertThat(again.resolve("file8")).doesNotExist();
        assertThat(again.resolve("file9")).hasContent("text 9");
        Files.writeString(main.resolve("other"), "FROM scratch\nCOPY nothing /\n");
        assertThat(build(main, "-f", main.resolve("other").toString()).exit()).isEqualTo(1);
        for (String name : List.of("file1", "file2")) {
            Path one = carafe.home().resolve("large-" + name);
            String text = "FROM scratch\nCOPY " + name + " /\n";
            carafe.carafeFed(text, "build", "-f", "-", "-o", one.toString(), main.toString()).ok();
            assertThat(one.resolve(name)).exists();
        }
    }

    @Test
    void resultsBecomeFilesAndLeaveNoImage() throws IOException {
        Path main =
                folder(
                        "results",
                        "FROM busybox AS b\nRUN mkdir /sub && echo made >/sub/file && chmod 640 /sub/file\n"
                                + "FROM scratch\nCOPY --from=b /sub /sub\nCOPY file /\n");
        Path out = carafe.home().resolve("out");
        String before = images();
        build(main, "-o", out.resolve("a/b").toString(), "-t", "never:named").ok();
        assertThat(out.resolve("a/b/sub/file")).hasContent("made\n");
        assertThat(out.resolve("a/b/file")).hasContent("of results\n");
        build(main, "-o", "type=tar,dest=" + out.resolve("x.tar")).ok();
        assertThat(
                        Command.shell("tar tvf " + out.resolve("x.tar") + " | awk '{print $1, $6}'")
                                .ok())
                .isEqualTo("-rw-r--r-- file\ndrwxr-xr-x sub/\n-rw-r----- sub/file");
        build(main, "-t", "given:name", "-o", "type=oci,dest=" + out.resolve("oci.tar")).ok();
        assertThat(images()).isEqualTo(before);
        build(
                        main,
                        "-t",
                        "given:name",
                        "-o",
                        "type=docker,dest=" + out.resolve("docker.tar"),
                        "--load")
                .ok();
        assertThat(carafe.docker("rmi", "given:name").ok()).contains("Untagged: given:name");
        assertThat(carafe.docker("load", "-i", out.resolve("docker.tar").toString()).ok())
                .isEqualTo("Loaded image: given:name");
        assertThat(
                        Command.shell(
                                        "skopeo inspect oci-archive:"
                                                + out.resolve("oci.tar")
                                                + " | grep -c sha256:")
                                .exit())
                .isZero();
        assertThat(build(main, "-o", "type=nothing").err())
                .contains("the output type nothing is not known");
        assertThat(build(main, "--push").err()).contains("tag is needed when pushing");
    }

    @Test
    void severalPlatformsAreOneArchive() throws IOException {
        Path main =
                folder(
                        "platforms",
                        """
                        FROM --platform=$BUILDPLATFORM busybox AS b
                        ARG TARGETARCH
                        RUN echo $TARGETARCH >/arch
                        FROM scratch
                        COPY --from=b /arch /
                        """);
        Path out = carafe.home().resolve("platforms-out");
        String both = "linux/amd64,linux/arm64";
        String steps =
                build(main, "--progress=plain", "--platform", both, "-o", out.toString()).err();
        assertThat(steps).contains("[linux/arm64 stage-1 1/1] COPY --from=b /arch /");
        assertThat(out.resolve("linux_amd64/arch")).hasContent("amd64\n");
        assertThat(out.resolve("linux_arm64/arch")).hasContent("arm64\n");
        Path archive = out.resolve("all.tar");
        build(main, "--platform", both, "-t", "both:1", "-o", "type=oci,dest=" + archive).ok();
        assertThat(
                        Command.shell(
                                        "skopeo inspect --raw oci-archive:%s | grep -o '\"architecture\":\"[a-z0-9]*\"'"
                                                .formatted(archive))
                                .ok())
                .isEqualTo("\"architecture\":\"amd64\"\n\"architecture\":\"arm64\"");
        assertThat(build(main, "--platform", both, "-o", "type=tar").err())
                .contains("only type=oci takes several");
    }

    @Test
    void whatIsAskedInsteadOfABuild() throws IOException {
        Path main = folder("asked", "FROM busybox AS one\nRUN false\nFROM one\nfrom one as last\n");
        assertThat(build(main, "--call=targets").ok())
                .isEqualTo("TARGET           DESCRIPTION\none\nlast (default)");
        assertThat(build(main, "--call=check").out()).contains("ConsistentInstructionCasing");
        assertThat(build(main, "--call=x").err()).contains("use build, check, outline or targets");
    }

    @Test
    void stagesCanBeRunAnewAlone() throws IOException {
        Path main =
                folder(
                        "anew",
                        "FROM busybox AS a\nRUN cat /proc/sys/kernel/random/uuid >/a\nFROM busybox\nCOPY --from=a /a /\nRUN cat /proc/sys/kernel/random/uuid >/b\n");
        build(main, "-t", "anew:1").ok();
        build(main, "-t", "anew:2", "--no-cache-filter=A").ok();
        assertThat(carafe.docker("run", "--rm", "anew:1", "cat", "/a").ok())
                .isNotEqualTo(carafe.docker("run", "--rm", "anew:2", "cat", "/a").ok());
    }
}
