package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// kill -9 of the daemon: containers live on, no line of output and no exit status is lost, nothing
/// is left behind.
class CrashIT {
    private static final int KILLS = 20;
    private static final String COUNTER =
            "i=1; while [ $i -le %d ]; do echo $i; i=$((i+1)); usleep %d; done; exit %d";
    private Carafe carafe;

    @BeforeEach
    void start() {
        carafe = Carafe.start("crash");
    }

    @AfterEach
    void stop() {
        carafe.close();
    }

    @Test
    void aRunningContainerIsFoundRunningWithEveryLineOnce() throws InterruptedException {
        carafe.docker(
                        "run",
                        "-d",
                        "--name",
                        "counter",
                        "busybox",
                        "sh",
                        "-c",
                        COUNTER.formatted(900, 10_000, 7))
                .ok();
        for (int i = 0; i < 3; i++) {
            Thread.sleep(500);
            carafe.killDaemon();
            Thread.sleep(200);
            carafe.boot();
            assertThat(carafe.docker("inspect", "-f", "{{.State.Status}}", "counter").ok())
                    .isEqualTo("running");
        }
        assertThat(carafe.docker("wait", "counter").ok()).isEqualTo("7");
        assertCounted("counter", 900);
    }

    @Test
    void anExitWhileNoDaemonLivesIsExact() throws InterruptedException {
        carafe.docker(
                        "run",
                        "-d",
                        "--name",
                        "meanwhile",
                        "busybox",
                        "sh",
                        "-c",
                        COUNTER.formatted(50, 10_000, 9))
                .ok();
        carafe.docker(
                        "run",
                        "-d",
                        "--name",
                        "killed",
                        "busybox",
                        "sh",
                        "-c",
                        "sleep 1; kill -9 $$ ; sleep 5")
                .ok();
        carafe.killDaemon();
        Thread.sleep(3000);
        carafe.boot();
        assertThat(carafe.docker("wait", "meanwhile").ok()).isEqualTo("9");
        assertThat(
                        carafe.docker(
                                        "inspect",
                                        "-f",
                                        "{{.State.Status}} {{.State.ExitCode}}",
                                        "meanwhile")
                                .ok())
                .isEqualTo("exited 9");
        assertCounted("meanwhile", 50);
    }

    @Test
    void aTerminatedDaemonLeavesContainersRunning() {
        carafe.docker("run", "-d", "--name", "stays", "busybox", "sleep", "600").ok();
        String pid = carafe.docker("inspect", "-f", "{{.State.Pid}}", "stays").ok();
        carafe.terminateDaemon();
        assertThat(Command.shell("kill -0 " + pid).exit()).isZero();
        carafe.boot();
        assertThat(carafe.docker("inspect", "-f", "{{.State.Pid}}", "stays").ok()).isEqualTo(pid);
        assertThat(carafe.docker("exec", "stays", "echo", "still").ok()).isEqualTo("still");
        assertThat(carafe.docker("rm", "-f", "stays").exit()).isZero();
    }

    @Test
    void twentyKillsAtRandomMomentsLoseAndLeakNothing() throws InterruptedException {
        // The bridge comes with the first container on it, and stays.
        carafe.docker("run", "--rm", "busybox", "true").ok();
        Leaks before = Leaks.of(carafe);
        carafe.docker(
                        "run",
                        "-d",
                        "--name",
                        "witness",
                        "busybox",
                        "sh",
                        "-c",
                        COUNTER.formatted(1_000_000, 5_000, 0))
                .ok();
        Random random = new Random(42);
        for (int kill = 0; kill < KILLS; kill++) {
            List<String> words = carafe.dockerWords();
            String docker = String.join(" ", words);
            Process churn =
                    start(
                            docker
                                    + " run -d --name c"
                                    + kill
                                    + "a busybox sleep 600; "
                                    + docker
                                    + " run --rm busybox true; "
                                    + docker
                                    + " create --name c"
                                    + kill
                                    + "b busybox true; "
                                    + docker
                                    + " rm -f c"
                                    + kill
                                    + "a; "
                                    + docker
                                    + " run -d --name c"
                                    + kill
                                    + "c busybox true");
            Thread.sleep(random.nextInt(900));
            carafe.killDaemon();
            churn.destroyForcibly().waitFor();
            carafe.boot();
            assertThat(carafe.docker("inspect", "-f", "{{.State.Status}}", "witness").ok())
                    .isEqualTo("running");
        }
        carafe.docker("kill", "witness").ok();
        carafe.docker("wait", "witness").ok();
        String[] lines = carafe.docker("logs", "witness").ok().split("\n");
        assertCounted("witness", Integer.parseInt(lines[lines.length - 1].strip()));
        for (String id : carafe.docker("ps", "-aq").ok().lines().toList()) {
            carafe.docker("rm", "-f", id).ok();
        }
        Leaks.assertNoneSince(before, carafe);
    }

    private void assertCounted(String name, int last) {
        assertThat(carafe.docker("logs", name).ok().lines().map(Integer::parseInt))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, last).boxed().toList());
    }

    private static Process start(String script) {
        try {
            return new ProcessBuilder("sh", "-c", script)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
