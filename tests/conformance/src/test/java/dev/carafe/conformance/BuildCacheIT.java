package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What builds keep: shown, pruned, carried elsewhere, and whole after kill -9.
class BuildCacheIT {
    private static final int KILLS = 5;
    private static final int LONGEST_MILLIS = 700;
    private static Carafe carafe;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("bcache");
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

    private static String cacheIds(String type) {
        return carafe.classic("builder", "prune", "-af", "--filter", "type=" + type).ok();
    }

    @Test
    void cacheMountsAreShownPrunedAndCarriedElsewhere() throws IOException {
        String first =
                context(
                        "mounts",
                        """
                        FROM busybox
                        RUN --mount=type=cache,id=deps,target=/deps,uid=82,mode=0700 echo jar >/deps/jar; ln -s jar /deps/link; dd if=/dev/zero of=/deps/big bs=1M count=3
                        RUN --mount=type=cache,id=seeded,from=busybox,source=/etc,target=/c grep -q root /c/passwd
                        """);
        carafe.carafe("build", "-q", first).ok();
        assertThat(carafe.carafe("build", "cache", "ls").ok()).contains("deps\nseeded");
        String df = carafe.docker("system", "df", "-v").ok();
        assertThat(df).containsPattern("exec\\.cachemount +3\\.\\d+MB");
        assertThat(carafe.docker("system", "df", "--format", "{{.Type}} {{.Size}}").ok())
                .containsPattern("Build Cache 3\\.\\d+MB");

        Path tar = carafe.home().resolve("deps.tar");
        carafe.carafe("builder", "cache", "export", "-o", tar.toString(), "deps").ok();
        assertThat(
                        Command.shell(
                                        "tar --numeric-owner -tvf "
                                                + tar
                                                + " | awk '{print $1, $2, $6, $7, $8}'")
                                .ok())
                .isEqualTo(
                        "drwx------ 82/0 ./  \n-rw-r--r-- 0/0 ./big  \n-rw-r--r-- 0/0 ./jar  \nlrwxrwxrwx 0/0 ./link -> jar");
        assertThat(
                        carafe.classic("builder", "prune", "-f", "--filter", "type=exec.cachemount")
                                .ok())
                .contains("Total reclaimed space: 3.");
        assertThat(carafe.carafe("builder", "cache", "ls").ok()).doesNotContain("deps");
        assertThat(carafe.carafe("builder", "cache", "export", "deps").err())
                .contains("no such cache mount: deps");

        carafe.carafe("build", "cache", "import", "-i", tar.toString(), "deps").ok();
        String second =
                context(
                        "again",
                        "FROM busybox\nRUN --mount=type=cache,id=deps,target=/deps ls -ldn /deps; cat /deps/link\n");
        assertThat(carafe.carafe("build", second).said())
                .containsPattern("drwx------ +2 82 +0 ")
                .contains(" jar\n");
        assertThat(
                        carafe.carafe(
                                        "builder",
                                        "cache",
                                        "import",
                                        "-i",
                                        first + "/Dockerfile",
                                        "deps")
                                .exit())
                .isEqualTo(1);
        assertThat(carafe.carafe("build", "--no-cache", second).said()).contains(" jar\n");
    }

    @Test
    void aPruneTakesTheLongestUnusedFirst() throws IOException {
        cacheIds("regular");
        for (String name : new String[] {"one", "two", "three"}) {
            carafe.carafe(
                            "build",
                            "-q",
                            context(
                                    name,
                                    "FROM busybox\nRUN dd if=/dev/zero of=/"
                                            + name
                                            + " bs=1M count=2\n"))
                    .ok();
        }
        carafe.docker("image", "prune", "-f").ok();
        carafe.carafe(
                        "build",
                        context("one", "FROM busybox\nRUN dd if=/dev/zero of=/one bs=1M count=2\n"))
                .ok();
        carafe.docker("image", "prune", "-f").ok();
        assertThat(carafe.classic("builder", "prune", "-f", "--filter", "unused-for=1h").ok())
                .contains("Total reclaimed space: 0B");
        carafe.carafe("builder", "prune", "-af", "--keep-storage", "3MB").ok();
        assertThat(
                        carafe.carafe(
                                        "build",
                                        context(
                                                "one",
                                                "FROM busybox\nRUN dd if=/dev/zero of=/one bs=1M count=2\n"))
                                .said())
                .contains("CACHED");
        assertThat(
                        carafe.carafe(
                                        "build",
                                        context(
                                                "two",
                                                "FROM busybox\nRUN dd if=/dev/zero of=/two bs=1M count=2\n"))
                                .said())
                .doesNotContain("CACHED");
    }

    @Test
    void killedDaemonsLeaveAWholeCache() throws Exception {
        String folder =
                context(
                        "killed",
                        """
                        FROM busybox AS a
                        RUN --mount=type=cache,target=/c echo 1 >>/c/n; echo a >/a
                        RUN seq 20000 >/numbers
                        RUN rm /numbers; mkdir -p /d/e; echo e >/d/e/f
                        FROM busybox
                        RUN seq 30000 >/more
                        COPY --from=a /d /d
                        RUN echo end >/end; sha256sum /more >/sum
                        """);
        Random random = new Random(7);
        for (int kill = 0; kill < KILLS; kill++) {
            Process build =
                    new ProcessBuilder(
                                    Carafe.PROGRAM.toString(),
                                    "-H",
                                    "unix://" + carafe.socket(),
                                    "build",
                                    folder)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            Thread.sleep(random.nextInt(LONGEST_MILLIS));
            carafe.killDaemon();
            build.destroyForcibly().waitFor();
            carafe.boot();
        }
        carafe.carafe("build", "-t", "killed:1", folder).ok();
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "--network",
                                        "none",
                                        "killed:1",
                                        "sh",
                                        "-c",
                                        "seq 30000 | sha256sum | cut -c-64; cut -c-64 /sum; cat /d/e/f /end; ls /a /numbers")
                                .out())
                .matches("([0-9a-f]{64})\n\\1\ne\nend\n");
        String again = carafe.carafe("build", folder).said();
        assertThat(again.lines().filter(line -> line.matches("#\\d+ DONE .*")).count())
                .isEqualTo(again.lines().filter(line -> line.contains("] FROM ")).count());
        // the steps of killed builds go beside the next daemon's start
        for (int i = 0; i < 100 && !carafe.docker("ps", "-aq").ok().isEmpty(); i++) {
            Thread.sleep(50);
        }
        assertThat(carafe.docker("ps", "-aq").ok()).isEmpty();
        assertThat(carafe.home().resolve("data/build/steps")).isEmptyDirectory();
        carafe.docker("rmi", "killed:1").ok();
        carafe.classic("builder", "prune", "-af").ok();
        assertThat(carafe.home().resolve("data/build/contexts")).isEmptyDirectory();
        assertThat(carafe.home().resolve("data/build/cache")).isEmptyDirectory();
        assertThat(carafe.home().resolve("data/build/mounts/cache")).isEmptyDirectory();
        assertThat(carafe.home().resolve("data/images/kept")).isEmptyDirectory();
    }
}
