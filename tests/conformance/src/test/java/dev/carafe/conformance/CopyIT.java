package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `docker cp` in all its cases, on a running container and on one that never ran.
class CopyIT {
    private static Carafe carafe;
    private static Leaks before;
    private static Path bind;
    private Path work;

    @BeforeAll
    static void start() throws IOException {
        carafe = Carafe.start("copy");
        bind = Files.createDirectory(carafe.home().resolve("bind"));
        carafe.docker("run", "--rm", "busybox", "true").ok();
        before = Leaks.of(carafe);
        container("running");
        container("created");
        carafe.docker("start", "running").ok();
    }

    private static void container(String name) {
        carafe.docker(
                        "create",
                        "--name",
                        name,
                        "-u",
                        "82:82",
                        "-v",
                        "copyvol:/vol",
                        "-v",
                        bind + ":/bind",
                        "-v",
                        bind + ":/kept:ro",
                        "busybox",
                        "sleep",
                        "600")
                .ok();
    }

    @AfterAll
    static void stop() {
        try {
            carafe.docker("rm", "-f", "running", "created").ok();
            Leaks.assertNoneSince(before, carafe);
        } finally {
            carafe.close();
        }
    }

    /// `src/{a,h,l,deep/b}`: a file, its second name, a link to it, a file in a folder.
    @BeforeEach
    void source() throws IOException {
        work = Files.createTempDirectory(carafe.home(), "work");
        shell("mkdir -p src/deep && echo one >src/a && ln src/a src/h && ln -s a src/l");
        shell("echo two >src/deep/b && chown 1234:5678 src/a && chmod 4751 src/deep/b");
        shell("truncate -s 64M src/sparse && touch -d '2001-02-03 04:05:06' src/a");
    }

    private String shell(String script) {
        return Command.shell("cd " + work + " && " + script).ok();
    }

    private Command cp(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "cp";
        for (int i = 0; i < words.length; i++) {
            all[i + 1] = words[i].replace("@", work.toString());
        }
        return carafe.docker(all);
    }

    private String read(String container, String path) {
        Command tar = cp(container + ":" + path, "-");
        assertThat(tar.exit()).as(tar.err()).isZero();
        return new String(
                Command.run(List.of("tar", "xO"), tar.stdout(), Map.of()).stdout(),
                StandardCharsets.UTF_8);
    }

    private List<String> list(String container, String path) {
        Command tar = cp(container + ":" + path, "-");
        assertThat(tar.exit()).as(tar.err()).isZero();
        return Command.run(List.of("tar", "tv", "--numeric-owner"), tar.stdout(), Map.of())
                .out()
                .lines()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "created"})
    void filesKeepWhatTheyAre(String c) throws IOException {
        cp("@/src", c + ":/tmp/whole").ok();
        cp(c + ":/tmp/whole", "@/back").ok();
        assertThat(shell("cd back && find . | sort | tr '\\n' ' '"))
                .isEqualTo(". ./a ./deep ./deep/b ./h ./l ./sparse");
        assertThat(shell("readlink back/l; stat -c %h back/a; stat -c %a back/deep/b"))
                .isEqualTo("a\n2\n4751");
        assertThat(list(c, "/tmp/whole/a"))
                .singleElement()
                .asString()
                .contains("1234/5678")
                .contains("2001-02-03")
                .endsWith(" a");
        assertThat(list(c, "/tmp/whole")).first().asString().endsWith(" whole/");
        assertThat(list(c, "/tmp/whole/.")).first().asString().endsWith(" ./");
    }

    @Test
    void holesStayHoles() {
        String dd = "dd if=/dev/zero of=/tmp/sparse bs=1 count=1 seek=64M 2>/dev/null";
        carafe.docker("exec", "running", "sh", "-c", dd).ok();
        Command tar = cp("running:/tmp/sparse", "-");
        assertThat(tar.exit()).isZero();
        assertThat(tar.stdout().length).isLessThan(1 << 20);
        carafe.dockerWithInput(tar.stdout(), "cp", "-", "created:/var").ok();
        assertThat(cp("created:/var/sparse", "-").stdout().length).isLessThan(1 << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "created"})
    void theDestinationDecidesTheName(String c) {
        cp("@/src/a", c + ":/tmp/renamed").ok();
        assertThat(read(c, "/tmp/renamed")).isEqualTo("one\n");
        cp("@/src/deep", c + ":/tmp").ok();
        assertThat(read(c, "/tmp/deep/b")).isEqualTo("two\n");
        cp("@/src/deep/.", c + ":/tmp").ok();
        assertThat(read(c, "/tmp/b")).isEqualTo("two\n");
        cp(c + ":/tmp/renamed", "@/there").ok();
        assertThat(shell("cat there")).isEqualTo("one");
        cp("-L", "@/src/l", c + ":/tmp/followed").ok();
        assertThat(read(c, "/tmp/followed")).isEqualTo("one\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "created"})
    void archivesComeFromStandardInput(String c) {
        for (String packed : List.of("cat", "gzip", "bzip2", "xz")) {
            byte[] tar = Command.shell("cd " + work + " && tar c -C src deep | " + packed).stdout();
            carafe.dockerWithInput(tar, "cp", "-", c + ":/tmp").ok();
            assertThat(read(c, "/tmp/deep/b")).isEqualTo("two\n");
            carafe.docker("cp", c + ":/etc/passwd", "-").ok();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "created"})
    void whatCannotBeIsSaidInDockersWords(String c) {
        assertThat(cp(c + ":/nope", "@").err())
                .isEqualTo(
                        "Error response from daemon: Could not find the file /nope in container "
                                + c
                                + "\n");
        assertThat(cp("@/src/a", c + ":/nope/x").err())
                .contains("Could not find the file /nope in container " + c);
        assertThat(cp("@/src/a", c + ":/nope/").err()).contains("no such directory");
        assertThat(cp("@/src", c + ":/etc/passwd").err()).contains("cannot copy directory");
        assertThat(cp("@/src/a/", c + ":/tmp").err()).contains("not a directory");
        assertThat(cp(c + ":/etc/passwd/", "@").err()).contains("not a directory");
        assertThat(cp("@/src/a", c + ":/kept/x").err())
                .isEqualTo("Error response from daemon: mounted volume is marked read-only\n");
        assertThat(carafe.dockerWithInput(new byte[0], "cp", "-", c + ":/etc/passwd").err())
                .contains("must be a directory");
        assertThat(cp("@/src/a", "nobody:/x").err()).contains("No such container: nobody");
        assertThat(
                        carafe.dockerWithInput(
                                        "no archive".getBytes(StandardCharsets.UTF_8),
                                        "cp",
                                        "-",
                                        c + ":/tmp")
                                .exit())
                .isEqualTo(1);
    }

    @Test
    void aReadOnlyRootIsKept() {
        carafe.docker("create", "--name", "fixed", "--read-only", "-v", "/open", "busybox").ok();
        assertThat(cp("@/src/a", "fixed:/tmp/x").err())
                .isEqualTo("Error response from daemon: container rootfs is marked read-only\n");
        cp("@/src/a", "fixed:/open/x").ok();
        assertThat(read("fixed", "/open/x")).isEqualTo("one\n");
        carafe.docker("rm", "-v", "fixed").ok();
    }

    @Test
    void mountsOfTheContainerArePartOfIt() throws IOException {
        cp("@/src/a", "created:/bind/bound").ok();
        assertThat(bind.resolve("bound")).hasContent("one");
        assertThat(read("running", "/kept/bound")).isEqualTo("one\n");
        cp("@/src/a", "created:/vol/shared").ok();
        assertThat(carafe.docker("exec", "running", "cat", "/vol/shared").ok()).isEqualTo("one");
        assertThat(read("running", "/etc/hostname"))
                .isEqualTo(carafe.docker("exec", "running", "hostname").ok() + "\n");
    }

    @Test
    void theRunningContainerSeesItAtOnce() {
        assertThat(carafe.docker("exec", "running", "cat", "/tmp/soon").exit()).isEqualTo(1);
        cp("@/src/a", "running:/tmp/soon").ok();
        assertThat(carafe.docker("exec", "running", "cat", "/tmp/soon").ok()).isEqualTo("one");
        assertThat(carafe.docker("exec", "running", "rm", "-f", "/tmp/soon").exit()).isEqualTo(1);
        carafe.docker("exec", "-u", "0", "running", "rm", "/tmp/soon").ok();
        assertThat(cp("running:/tmp/soon", "-").exit()).isEqualTo(1);
    }

    @Test
    void noLinkLeadsOutOfTheContainer() throws IOException {
        Path outside = Files.createDirectory(carafe.home().resolve("outside"));
        String up = "../".repeat(20);
        for (String link : List.of(up.substring(1) + outside, outside.toString())) {
            carafe.docker("exec", "running", "ln", "-sfn", link, "/tmp/out").ok();
            cp("@/src/a", "running:/tmp/out/evil");
            cp("@/src", "running:/tmp/out");
        }
        carafe.docker("exec", "running", "ln", "-sfn", "/proc/1/root", "/tmp/magic").ok();
        cp("@/src/a", "running:/tmp/magic" + outside);
        try (Stream<Path> there = Files.list(outside)) {
            assertThat(there).isEmpty();
        }
        carafe.docker("exec", "running", "ln", "-sfn", up + "etc", "/tmp/etc").ok();
        assertThat(read("running", "/tmp/etc/hostname"))
                .isEqualTo(carafe.docker("exec", "running", "hostname").ok() + "\n");
    }

    @Test
    void archiveModeGivesToTheContainersUser() {
        cp("-a", "@/src/a", "running:/tmp/mine").ok();
        assertThat(list("running", "/tmp/mine")).first().asString().contains("82/82");
    }

    @Test
    void theHeadTellsWhatIsThere() {
        carafe.docker("exec", "running", "ln", "-sfn", "../etc/./nowhere", "/tmp/hint").ok();
        String head =
                carafe.api("/containers/running/archive?path=/tmp/hint", "-I")
                        .out()
                        .lines()
                        .filter(l -> l.startsWith("X-Docker-Container-Path-Stat: "))
                        .findFirst()
                        .orElseThrow()
                        .substring(30)
                        .strip();
        assertThat(new String(Base64.getDecoder().decode(head), StandardCharsets.UTF_8))
                .startsWith("{\"name\":\"hint\",\"size\":16,\"mode\":134218239,\"mtime\":\"")
                .endsWith("Z\",\"linkTarget\":\"/etc/nowhere\"}");
        assertThat(carafe.api("/containers/running/archive?path=", "-i").out())
                .contains(" 400 ")
                .contains("{\"message\":\"bad parameter: pathcannot be empty\"}");
        assertThat(
                        carafe.api(
                                        "/containers/running/archive?path=/etc/passwd",
                                        "-i",
                                        "-X",
                                        "PUT",
                                        "--data-binary",
                                        "x")
                                .out())
                .contains(" 400 ")
                .contains("{\"message\":\"extraction point is not a directory\"}");
    }

    @Test
    void ourOwnCommandLineCopiesAlike() {
        String at = work.toString();
        carafe.carafe("cp", at + "/src", "created:/root/own").ok();
        assertThat(read("created", "/root/own/deep/b")).isEqualTo("two\n");
        assertThat(list("created", "/root/own/a")).first().asString().contains("1234/5678");
        carafe.carafe("cp", "created:/root/own", at + "/back").ok();
        assertThat(shell("diff -r --no-dereference src back; readlink back/l; stat -c %h back/a"))
                .isEqualTo("a\n2");
        carafe.carafe("cp", at + "/src/.", "created:/root").ok();
        assertThat(read("created", "/root/deep/b")).isEqualTo("two\n");
        carafe.carafe("cp", "created:/etc/passwd", at).ok();
        assertThat(shell("head -c 4 passwd")).isEqualTo("root");
        carafe.carafe("cp", "-L", "created:/root/own/l", at + "/followed").ok();
        assertThat(shell("cat followed")).isEqualTo("one");
        Command tar = carafe.carafe("cp", "created:/root/own/deep", "-");
        assertThat(Command.run(List.of("tar", "t"), tar.stdout(), Map.of()).ok())
                .isEqualTo("deep/\ndeep/b");
        assertThat(carafe.carafe("cp", "created:/nope", at).err())
                .contains("Could not find the file /nope in container created");
        assertThat(carafe.carafe("cp", at + "/src", "created:/etc/passwd").err())
                .contains("cannot copy directory");
        assertThat(carafe.carafe("cp", at + "/src/a", "created:/nope/").err())
                .contains("no such directory");
        assertThat(carafe.carafe("cp", at + "/nope", "created:/tmp").err())
                .contains("lstat " + at + "/nope: no such file or directory");
        assertThat(carafe.carafe("cp", "a", "b").err())
                .contains("must specify at least one container source");
        assertThat(carafe.carafe("cp", "a:/x", "b:/x").err())
                .contains("copying between containers is not supported");
    }
}
