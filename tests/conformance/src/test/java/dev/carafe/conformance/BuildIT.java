package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The real docker command line's classic builds of our own Dockerfiles.
class BuildIT {
    private static final Path FILES =
            Path.of("src/test/resources/dockerfiles").toAbsolutePath().normalize();
    private static Carafe carafe;
    private static Path contexts;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("build");
        contexts = carafe.home().resolve("contexts");
        // modes and archives that git does not keep
        Command.shell(
                        "cp -r "
                                + FILES
                                + " "
                                + contexts
                                + " && cd "
                                + contexts
                                + " && chmod 600 steps/sub/b.txt && ln -s b.txt steps/sub/link"
                                + " && mkdir -p copy/node_modules tarred/dir"
                                + " && echo x >copy/node_modules/x && echo t >tarred/dir/file"
                                + " && ln -s file tarred/dir/link && chmod 711 copy/keep/deep"
                                + " && tar --owner=33 --group=33 -czf copy/files.tar.gz -C tarred"
                                + " dir")
                .ok();
    }

    @AfterAll
    static void stop() {
        carafe.close();
    }

    private static Command build(String... words) {
        List<String> all = new ArrayList<>(List.of("env", "DOCKER_BUILDKIT=0"));
        all.addAll(carafe.dockerWords());
        all.add("build");
        all.addAll(List.of(words));
        return Command.run(all);
    }

    private static String context(String name) {
        return contexts.resolve(name).toString();
    }

    /// What `docker export` has from the engine.
    private static final Pattern PLACES =
            Pattern.compile(
                    " (\\.dockerenv|dev/|dev/(console|pts/|shm/)|etc/|etc/(hostname|hosts|mtab->.*|resolv\\.conf)|proc/|sys/)$");

    /// Mode, owner and name of each file of an image.
    private static String files(String image) {
        return exported(image)
                .lines()
                .filter(line -> !PLACES.matcher(line).find())
                .collect(Collectors.joining("\n"));
    }

    private static String exported(String image) {
        return Command.shell(
                        String.join(" ", carafe.dockerWords())
                                + " create --name files-of "
                                + image
                                + " x >/dev/null && "
                                + String.join(" ", carafe.dockerWords())
                                + " export files-of | tar --numeric-owner -tvf - | awk '{print $1,"
                                + " $2, $6 $7 $8}' && "
                                + String.join(" ", carafe.dockerWords())
                                + " rm files-of >/dev/null")
                .ok();
    }

    private static String inspect(String image, String template) {
        return carafe.docker("image", "inspect", "-f", template, image).ok();
    }

    @Test
    void everyStepIsToldAndCachedTheSecondTime() {
        String first = build("-t", "steps:1", context("steps")).ok();
        assertThat(first)
                .contains("Step 1/21 : ARG BASE=busybox")
                .contains("Step 2/21 : FROM $BASE AS one")
                .contains(" ---> Running in ")
                .contains(" ---> Removed intermediate container ")
                .contains("Step 21/21 : CMD exit")
                .contains("Successfully tagged steps:1")
                .doesNotContain("unneeded");
        String id = inspect("steps:1", "{{.Id}}");
        assertThat(first).contains("Successfully built " + id.substring(7, 19));
        assertThat(
                        Command.shell(
                                        String.join(" ", carafe.dockerWords())
                                                + " save steps:1 | grep -ac dockerenv || true")
                                .ok()
                                .strip())
                .as("layers with the engine's own files")
                .isEqualTo("0");
        String second = build("-t", "steps:1", context("steps")).ok();
        assertThat(second).doesNotContain("Running in");
        assertThat(Pattern.compile("Using cache").matcher(second).results().count()).isEqualTo(18);
        assertThat(inspect("steps:1", "{{.Id}}")).isEqualTo(id);
        assertThat(files("steps:1").lines())
                .containsExactly(
                        "drwxr-xr-x 0/0 app/",
                        "-rw-r--r-- 0/0 app/a.txt",
                        "-rw------- 0/0 app/b.txt",
                        "-rw-r--r-- 0/0 app/h.txt",
                        "lrwxrwxrwx 0/0 app/link->b.txt",
                        "-rw-r--r-- 0/0 app/out.txt",
                        "drwxr-xr-x 0/0 bin/",
                        "-rwxr-xr-x 0/0 bin/sh");
    }

    @Test
    void theConfigurationAndTheHistoryAreDockers() {
        build("-t", "config:1", "--label", "by=test", context("steps")).ok();
        assertThat(inspect("config:1", "{{json .Config.ExposedPorts}}"))
                .isEqualTo("{\"80/tcp\":{},\"90/udp\":{}}");
        assertThat(inspect("config:1", "{{json .Config.Labels}}"))
                .isEqualTo("{\"a\":\"b\",\"by\":\"test\"}");
        assertThat(inspect("config:1", "{{.Config.User}} {{.Config.StopSignal}} {{.Author}}"))
                .isEqualTo("1000:1000 SIGINT Some One");
        assertThat(inspect("config:1", "{{json .Config.Cmd}} {{json .Config.Entrypoint}}"))
                .isEqualTo("[\"/bin/sh\",\"-ec\",\"exit\"] [\"/bin/sh\",\"-c\"]");
        assertThat(inspect("config:1", "{{json .Config.Healthcheck.Test}}"))
                .isEqualTo("[\"CMD-SHELL\",\"true\"]");
        List<String> history =
                carafe.docker("history", "--no-trunc", "--format", "{{.CreatedBy}}", "config:1")
                        .ok()
                        .lines()
                        .toList();
        assertThat(history)
                .startsWith(
                        "/bin/sh -ec #(nop)  LABEL by=test",
                        "/bin/sh -ec #(nop)  CMD [\"/bin/sh\" \"-ec\" \"exit\"]",
                        "/bin/sh -ec #(nop)  ENTRYPOINT [\"/bin/sh\" \"-c\"]",
                        "/bin/sh -ec #(nop)  SHELL [/bin/sh -ec]",
                        "/bin/sh -c #(nop)  MAINTAINER Some One",
                        "/bin/sh -c #(nop)  STOPSIGNAL SIGINT")
                .anyMatch(line -> line.matches(".*#\\(nop\\) COPY dir:[0-9a-f]{64} in /app ?"));
    }

    @Test
    void copiesKeepModesAndObeyOwnersExcludesAndIgnoreRules() {
        build("-t", "copy:1", context("copy")).ok();
        List<String> files =
                files("copy:1")
                        .lines()
                        .filter(line -> !line.contains(" bin/") && !line.contains(" lib"))
                        .toList();
        assertThat(files)
                .contains(
                        "-rw-r----- 1400/1500 d/f.txt",
                        "-rw-r--r-- 55/55 e",
                        "-rw-r--r-- 0/0 modes/yes.txt",
                        "drwxr-xr-x 0/0 modes/deep/",
                        "drwx--x--x 0/0 k/deep/",
                        "-rw-r--r-- 0/0 k/other",
                        "-rw-r--r-- 0/0 x/other",
                        "-rw-r--r-- 0/0 p/keep/deep/a.txt",
                        "-rw-r--r-- 33/33 tar/dir/file",
                        "lrwxrwxrwx 33/33 tar/dir/link->file",
                        "-rw-r--r-- 1400/1500 owned/dir/file",
                        "-rw-r--r-- 0/0 packed/files.tar.gz",
                        "-rw-r--r-- 0/0 h/plain",
                        "-rw-r--r-- 0/0 h/raw")
                .noneMatch(line -> line.contains("nope"))
                .noneMatch(line -> line.contains("k/yes.txt"))
                .noneMatch(line -> line.contains("x/yes.txt"))
                .noneMatch(line -> line.contains("docs"));
        assertThat(carafe.docker("run", "--rm", "copy:1", "cat", "/h/raw", "/h/plain").ok())
                .isEqualTo("$WHO\nme");
    }

    @Test
    void triggersRunInTheChild() {
        build("-t", "onbuild:1", context("onbuild")).ok();
        String child =
                build(
                                "-t",
                                "child:1",
                                "-f",
                                contexts.resolve("onbuild/child.Dockerfile").toString(),
                                context("onbuild"))
                        .ok();
        assertThat(child).contains("# Executing 2 build triggers").contains("\ntriggered 1\n");
        assertThat(inspect("child:1", "{{json .Config.OnBuild}}")).isEqualTo("null");
    }

    @Test
    void mountsAreThereForTheirStepOnly() {
        build("-t", "mounts:1", "--build-arg", "ROUND=1", context("mounts")).ok();
        build("-t", "mounts:1", "--build-arg", "ROUND=2", context("mounts")).ok();
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "mounts:1",
                                        "cat",
                                        "/seen",
                                        "/staged",
                                        "/script")
                                .ok())
                .isEqualTo("1\n2\nfrom-stage\nscript /dev/pipes/SCRIPT");
        String files = files("mounts:1");
        assertThat(files)
                .doesNotContain(" cache/")
                .doesNotContain(" ctx/")
                .doesNotContain(" scratch/")
                .contains(" copied");
        assertThat(carafe.docker("run", "--rm", "mounts:1", "cat", "/net").ok())
                .contains("lo:")
                .doesNotContain("eth0");
    }

    @Test
    void aFailingCommandEndsTheBuildWithItsCode() {
        Command failed = build("--force-rm", context("failing"));
        assertThat(failed.exit()).isEqualTo(3);
        assertThat(failed.out()).contains("out\n").contains("err\n");
        assertThat(failed.err())
                .contains(
                        "The command '/bin/sh -c echo out; echo err >&2; exit 3' returned a"
                                + " non-zero code: 3");
        assertThat(carafe.docker("ps", "-aq").ok()).isEmpty();
    }

    @Test
    void mistakesAreToldWithTheirLine() {
        Command wrong =
                Command.shell(
                        "printf 'FROM busybox\\nFRMO x\\n' | DOCKER_BUILDKIT=0 "
                                + String.join(" ", carafe.dockerWords())
                                + " build -");
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.err())
                .contains(
                        "dockerfile parse error on line 2: unknown instruction: FRMO (did you mean"
                                + " FROM?)");
        assertThat(build("--target", "none", context("plain")).err())
                .contains("target stage \"none\" could not be found");
    }

    @Test
    void theSameEpochGivesTheSameImageBitForBit() {
        List<String> words =
                List.of("-q", "--no-cache", "--build-arg", "SOURCE_DATE_EPOCH=1700000000");
        List<String> all = new ArrayList<>(words);
        all.add(context("plain"));
        String first = build(all.toArray(new String[0])).ok();
        Command.shell("touch " + contexts.resolve("plain/Dockerfile")).ok();
        assertThat(build(all.toArray(new String[0])).ok()).isEqualTo(first);
        assertThat(inspect(first, "{{.Created}}")).isEqualTo("2023-11-14T22:13:20Z");
    }

    @Test
    void theCacheSurvivesACrashAndCanBePruned() {
        build("-t", "crash:1", context("plain")).ok();
        String id = inspect("crash:1", "{{.Id}}");
        carafe.docker("rmi", "crash:1").ok();
        carafe.killDaemon();
        carafe.boot();
        assertThat(build("-t", "crash:1", context("plain")).ok()).doesNotContain("Running in");
        assertThat(inspect("crash:1", "{{.Id}}")).isEqualTo(id);
        carafe.docker("rmi", "crash:1").ok();
        String pruned =
                Command.run(
                                List.of(
                                        "curl",
                                        "-sS",
                                        "--unix-socket",
                                        carafe.socket().toString(),
                                        "-X",
                                        "POST",
                                        "http://localhost/build/prune?all=1"))
                        .ok();
        assertThat(pruned).contains("CachesDeleted").doesNotContain("\"SpaceReclaimed\":0}");
        assertThat(carafe.home().resolve("data/build/cache")).isEmptyDirectory();
        assertThat(carafe.home().resolve("data/images/kept")).isEmptyDirectory();
        assertThat(build("-q", context("plain")).ok()).isNotEqualTo(id);
    }

    @Test
    void nothingOfAContextStays() {
        build("-q", context("plain")).ok();
        assertThat(carafe.home().resolve("data/build/contexts")).isEmptyDirectory();
    }

    @Test
    void aHostileContextIsRefused() {
        Command refused =
                Command.shell(
                        "cd "
                                + carafe.home()
                                + " && mkdir -p evil && echo FROM busybox >evil/Dockerfile && echo"
                                + " x >evil/f && tar -cf evil.tar --transform='s#^f#../../f#' -P"
                                + " -C evil Dockerfile f && curl -sS --unix-socket "
                                + carafe.socket()
                                + " -X POST --data-binary @evil.tar http://localhost/build");
        assertThat(refused.out()).contains("../../f");
        assertThat(carafe.home().resolve("data/build/f")).doesNotExist();
    }
}
