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
                .contains("[base 1/4] FROM docker.io/library/busybox:latest")
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
        Files.writeString(folder.resolve("b.txt"), "new\n");
        Files.delete(folder.resolve("a.txt"));
        assertThat(build("-t", "plain:3", folder).err()).contains("can't open 'a.txt'");
        Files.writeString(folder.resolve("a.txt"), "other\n");
        build("-t", "plain:3", folder).ok();
        assertThat(run("plain:3", "sh", "-c", "ls; cat seen"))
                .isEqualTo("Dockerfile\na.txt\nb.txt\nseen\nother");
    }

    @Test
    void historiesAreBuildKits() throws IOException {
        Path folder =
                context(
                        "history",
                        """
                        FROM busybox AS base
                        FROM busybox
                        ARG A=1 B
                        ENV A=2
                        COPY --from=base --chown=1:2 /etc/passwd /x
                        WORKDIR /etc
                        RUN true
                        EXPOSE 90 80/udp
                        ONBUILD RUN true
                        HEALTHCHECK --interval=5s CMD true
                        CMD ["sh"]
                        """);
        build("-t", "history", "--label=by=client", folder).ok();
        assertThat(
                        carafe.docker("history", "--no-trunc", "--format={{.CreatedBy}}", "history")
                                .ok()
                                .lines()
                                .limit(8))
                .containsExactly(
                        "CMD [\"sh\"]",
                        "HEALTHCHECK {Test:[CMD-SHELL true] Interval:5s Timeout:0s StartPeriod:0s"
                                + " StartInterval:0s Retries:0}",
                        "EXPOSE [80/udp 90/tcp]",
                        "RUN |2 A=2 B= /bin/sh -c true # buildkit",
                        "WORKDIR /etc",
                        "COPY --chown=1:2 /etc/passwd /x # buildkit",
                        "ENV A=2",
                        "ARG A=1 B");
        // a step that changes nothing has a layer, one that is about the configuration has none
        assertThat(
                        carafe.docker(
                                        "image",
                                        "inspect",
                                        "-f",
                                        "{{len .RootFS.Layers}} {{.Comment}}",
                                        "history")
                                .ok())
                .isEqualTo("4 buildkit.dockerfile.v0");
    }

    @Test
    void whatATargetTakesIsTold() throws IOException {
        Path folder =
                context(
                        "outline",
                        """
                        FROM busybox AS apart
                        ARG NEVER
                        # all is what ships
                        FROM busybox AS all
                        # WHO is greeted
                        ARG WHO=you
                        RUN --mount=type=secret,id=key,required true
                        """);
        Command outline = build("--call=outline", "--build-arg=WHO=me", folder);
        assertThat(outline.ok())
                .containsPattern("TARGET: +all\n")
                .containsPattern("DESCRIPTION: +is what ships\n")
                .containsPattern("WHO +me +is greeted\n")
                .containsPattern("key +true")
                .doesNotContain("NEVER");
        assertThat(build("--call=targets", folder).ok())
                .containsPattern("all \\(default\\) +is what ships");
    }

    @Test
    void filesOfSeveralPlatformsLieSideBySide() throws IOException {
        Path folder = context("sides", "FROM scratch\nARG TARGETARCH\nCOPY $TARGETARCH /which\n");
        Files.writeString(folder.resolve("arm"), "an arm\n");
        Files.writeString(folder.resolve("s390x"), "a mainframe\n");
        Path out = carafe.home().resolve("sides");
        build("--platform=linux/arm,linux/s390x", "--output=" + out, folder).ok();
        assertThat(out.resolve("linux_arm_v7/which")).hasContent("an arm");
        assertThat(out.resolve("linux_s390x/which")).hasContent("a mainframe");
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
    void resultsGoToFilesOfTheClient() throws IOException {
        Path folder =
                context(
                        "outputs",
                        "FROM busybox\nRUN mkdir -p /d/e && echo hi >/d/e/f && chmod 750 /d/e/f"
                                + " && ln -s e/f /d/l && ln /d/e/f /d/same && cat /bin/sh >/d/big\n");
        Path out = Files.createDirectories(carafe.home().resolve("out"));
        int images = carafe.docker("images", "-aq").ok().lines().toList().size();
        build("-o", "type=local,dest=" + out.resolve("local"), folder).ok();
        build("-o", "type=tar,dest=" + out.resolve("root.tar"), folder).ok();
        build("-t", "out:1", "-o", "type=docker,dest=" + out.resolve("docker.tar"), folder).ok();
        build("-t", "out:1", "-o", "type=oci,dest=" + out.resolve("oci.tar"), folder).ok();
        assertThat(carafe.docker("images", "-aq").ok().lines()).hasSize(images);
        String listing =
                Command.shell(
                                "cd "
                                        + out
                                        + " && stat -c '%a %h' local/d/e/f && readlink local/d/l"
                                        + " && cmp local/d/big local/bin/sh && tar -tvf root.tar"
                                        + " d/e/f d/l && cat local/d/same")
                        .ok();
        assertThat(listing)
                .startsWith("750 2\ne/f\n")
                .contains("-rwxr-x--- 0/0")
                .contains("d/l -> e/f")
                .endsWith("hi");
        carafe.docker("load", "-i", out.resolve("docker.tar").toString()).ok();
        assertThat(run("out:1", "cat", "/d/e/f")).isEqualTo("hi");
        assertThat(Command.shell("skopeo inspect oci-archive:" + out.resolve("oci.tar")).ok())
                .contains("\"Layers\"");
    }

    @Test
    void secretsAndAgentsComeFromTheClient() throws IOException {
        Path secret = Files.writeString(carafe.home().resolve("secret"), "xyzzy");
        Path folder =
                context(
                        "secrets",
                        """
                        FROM busybox
                        RUN --mount=type=secret,id=s,required wc -c </run/secrets/s >/size
                        RUN --mount=type=ssh ls -l $SSH_AUTH_SOCK | cut -c1 >/kind
                        """);
        Command built =
                Command.shell(
                        "eval $(ssh-agent) >/dev/null && DOCKER_CONFIG="
                                + carafe.home().resolve("config")
                                + " "
                                + String.join(" ", carafe.dockerWords())
                                + " buildx build -q -t secrets:1 --ssh default --secret id=s,src="
                                + secret
                                + " "
                                + folder
                                + "; code=$?; ssh-agent -k >/dev/null; exit $code");
        built.ok();
        assertThat(run("secrets:1", "cat", "/size", "/kind")).isEqualTo("5\ns");
        assertThat(build(folder).err()).contains("CACHED");
        carafe.docker("builder", "prune", "-af").ok();
        carafe.docker("rmi", "secrets:1").ok();
        assertThat(build(folder).err()).contains("secret s: not found");
    }

    @Test
    void privateImagesArePulledAndPushedWithTheClientsAccount() throws IOException {
        try (DebianRegistry guarded = new DebianRegistry(true)) {
            String base = guarded.host() + "/private/base:1";
            carafe.docker(
                            "login",
                            "-u",
                            DebianRegistry.USER,
                            "-p",
                            DebianRegistry.PASSWORD,
                            guarded.host())
                    .ok();
            Path first = context("pushed", "FROM busybox\nRUN echo base >/base\n");
            Command pushed = build("--push", "-t", base, first);
            pushed.ok();
            assertThat(pushed.err()).contains("pushing manifest 1@sha256:");
            carafe.docker("rmi", base).ok();
            Path second = context("pulled", "FROM " + base + "\nRUN cat /base >/copy\n");
            build("-t", "pulled:1", second).ok();
            assertThat(run("pulled:1", "cat", "/copy")).isEqualTo("base");
            carafe.docker("logout", guarded.host()).ok();
            assertThat(build("--pull", second).exit()).isEqualTo(1);
        }
    }

    @Test
    void composeBuilds() throws IOException {
        Path folder = context("compose", "FROM busybox\nARG A\nRUN echo $A >/a\nCMD cat /a\n");
        Files.writeString(
                folder.resolve("compose.yaml"),
                "services:\n  one:\n    build: {context: ., args: {A: first}}\n  two:\n    build:"
                        + " {context: ., args: {A: second}}\n    image: two:1\n");
        String file = folder.resolve("compose.yaml").toString();
        carafe.docker("compose", "-f", file, "-p", "proj", "build").ok();
        assertThat(run("two:1")).isEqualTo("second");
        assertThat(run("proj-one")).isEqualTo("first");
    }

    @Test
    void theCacheAndTheLastBuildsAreShown() throws IOException {
        Path folder = context("usage", "FROM busybox\nRUN echo usage-of-this >/u\n");
        build("-t", "usage:1", folder).ok();
        assertThat(carafe.docker("buildx", "du", "--verbose").ok()).contains("usage-of-this");
        assertThat(carafe.docker("buildx", "history", "ls").ok()).contains("usage");
        carafe.docker("rmi", "usage:1").ok();
        assertThat(carafe.docker("buildx", "prune", "-af").ok()).contains("Total:");
        assertThat(carafe.docker("buildx", "du", "--verbose").ok()).doesNotContain("usage-of-this");
        // what is not kept goes right after the answer
        String contexts = carafe.home().resolve("data/build/contexts").toString();
        Command.shell(
                        "i=0; while [ -n \"$(ls -A "
                                + contexts
                                + ")\" ] && [ $i -lt 300 ]; do sleep 0.1; i=$((i + 1)); done; rmdir "
                                + contexts
                                + " && mkdir "
                                + contexts)
                .ok();
    }

    @Test
    void contextsHaveNames() throws IOException {
        Path folder =
                context(
                        "named",
                        """
                        FROM base
                        COPY --from=files . /files
                        RUN --mount=from=files,target=/m cat /m/f >/copy
                        """);
        Path files = Files.createDirectories(carafe.home().resolve("files"));
        Files.writeString(files.resolve("f"), "named");
        Files.writeString(files.resolve("not"), "ignored");
        Files.writeString(files.resolve(".dockerignore"), "not\n.dockerignore");
        build(
                        "-t",
                        "named:1",
                        "--build-context=base=docker-image://busybox",
                        "--build-context=files=" + files,
                        folder)
                .ok();
        assertThat(run("named:1", "sh", "-c", "ls /files; cat /copy")).isEqualTo("f\nnamed");
        Command.shell(
                        "tar -C "
                                + files
                                + " -cf "
                                + carafe.home()
                                + "/c.tar f && printf 'FROM busybox\\nCOPY f /x\\n' >"
                                + files
                                + "/Dockerfile && tar -C "
                                + files
                                + " -rf "
                                + carafe.home()
                                + "/c.tar Dockerfile")
                .ok();
        byte[] tar = Files.readAllBytes(carafe.home().resolve("c.tar"));
        carafe.dockerWithInput(tar, "build", "-t", "named:2", "-").ok();
        assertThat(run("named:2", "cat", "/x")).isEqualTo("named");
    }

    @Test
    void dockerfilesAreCheckedAndTheirTargetsShown() throws IOException {
        Path folder = context("checked", "FROM busybox AS One\nCMD echo hi\nFROM one\n");
        Command checked = carafe.docker("buildx", "build", "--check", folder.toString());
        assertThat(checked.exit()).isEqualTo(1);
        assertThat(checked.out())
                .contains("Check complete, 2 warnings have been found!")
                .contains("WARNING: StageNameCasing - https://docs.docker.com/go/dockerfile/rule/")
                .contains("   2 | >>> CMD echo hi");
        assertThat(carafe.docker("build", "--call=targets", folder.toString()).ok())
                .contains("one")
                .contains("(default)");
        assertThat(build(folder).err()).contains("2 warnings found");
    }

    @Test
    void bakesTargetsUseEachOther() throws IOException {
        Path folder = context("bake", "FROM busybox\nRUN echo first >/first\n");
        Files.writeString(
                folder.resolve("bake.json"),
                """
                {"group": {"default": {"targets": ["one", "two"]}},
                 "target": {
                  "one": {},
                  "two": {"tags": ["bake:two"], "contexts": {"base": "target:one"},
                          "dockerfile-inline": "FROM base\\nRUN cat /first >/second\\n"}}}
                """);
        Command.shell(
                        "cd "
                                + folder
                                + " && DOCKER_CONFIG="
                                + carafe.home().resolve("config")
                                + " "
                                + String.join(" ", carafe.dockerWords())
                                + " buildx bake --progress=plain -f bake.json")
                .ok();
        assertThat(run("bake:two", "cat", "/second")).isEqualTo("first");
    }

    @Test
    void aClientThatLeavesEndsItsBuild() throws IOException {
        Path folder = context("left", "FROM busybox\nRUN echo begun; sleep 600\n");
        Command left =
                Command.shell(
                        "cd "
                                + carafe.home()
                                + " && { DOCKER_CONFIG="
                                + carafe.home().resolve("config")
                                + " "
                                + String.join(" ", carafe.dockerWords())
                                + " buildx build --progress=plain "
                                + folder
                                + " >left.log 2>&1 & } && p=$!; i=0; while ! grep -q ' begun$'"
                                + " left.log && [ $i -lt 300 ]; do sleep 0.1; i=$((i + 1)); done;"
                                + " kill -INT $p; wait $p; echo $?; i=0; while [ -n \"$("
                                + String.join(" ", carafe.dockerWords())
                                + " ps -aq)\" ] && [ $i -lt 300 ]; do sleep 0.1; i=$((i + 1));"
                                + " done; echo $i; rm left.log");
        List<String> told = left.ok().lines().toList();
        assertThat(told.get(0)).isEqualTo("130");
        assertThat(Integer.parseInt(told.get(1))).isLessThan(300);
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
