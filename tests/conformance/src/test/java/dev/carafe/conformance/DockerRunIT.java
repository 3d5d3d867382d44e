package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The real docker command line: run in all its simple forms.
class DockerRunIT {
    private static Carafe carafe;
    private static Leaks before;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("run");
        carafe.docker("run", "--rm", "busybox", "true").ok();
        before = Leaks.of(carafe);
    }

    @AfterAll
    static void stop() {
        try {
            Leaks.assertNoneSince(before, carafe);
        } finally {
            carafe.close();
        }
    }

    @Test
    void echoesHi() {
        Command run = carafe.docker("run", "--rm", "busybox", "echo", "hi");
        assertThat(run.ok()).isEqualTo("hi");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void outputAndErrorsStayApart() {
        Command run = carafe.docker("run", "--rm", "busybox", "sh", "-c", "echo out; echo err >&2");
        assertThat(run.out()).isEqualTo("out\n");
        assertThat(run.err()).isEqualTo("err\n");
    }

    @Test
    void exitCodesAreTheProcesss() {
        assertThat(carafe.docker("run", "--rm", "busybox", "sh", "-c", "exit 42").exit())
                .isEqualTo(42);
        assertThat(carafe.docker("run", "--rm", "busybox", "sh", "-c", "kill -TERM $$").exit())
                .isIn(143, 0);
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "busybox",
                                        "sh",
                                        "-c",
                                        "sleep 60 & kill -KILL $!; wait $!")
                                .exit())
                .isEqualTo(137);
    }

    @Test
    void exitCode127ForAProgramThatIsNotThere() {
        Command run = carafe.docker("run", "--rm", "busybox", "nope");
        assertThat(run.exit()).isEqualTo(127);
        assertThat(run.err()).contains("exec: \"nope\": executable file not found in $PATH");
    }

    @Test
    void exitCode126ForAFileThatIsNoProgram() {
        Command run = carafe.docker("run", "--rm", "busybox", "/etc/passwd");
        assertThat(run.exit()).isEqualTo(126);
        assertThat(run.err()).contains("permission denied");
    }

    @Test
    void exitCode125ForAnImageThatIsNotThere() {
        assertThat(carafe.docker("run", "--rm", "--pull", "never", "nothere:1", "true").exit())
                .isEqualTo(125);
    }

    @Test
    void exitCode125ForAWrongOptionValue() {
        Command run = carafe.docker("run", "--rm", "--memory", "1m", "busybox", "true");
        assertThat(run.exit()).isEqualTo(125);
        assertThat(run.err()).contains("Minimum memory limit allowed is 6MB");
    }

    @Test
    void stdinEndsWhereTheClientEnds() {
        Command run =
                carafe.dockerWithInput(
                        "a\nb\nc\n".getBytes(StandardCharsets.UTF_8),
                        "run",
                        "--rm",
                        "-i",
                        "busybox",
                        "wc",
                        "-l");
        assertThat(run.ok().strip()).isEqualTo("3");
    }

    @Test
    void streamsAreBinarySafeAndWhole() {
        byte[] data = new byte[5_000_000];
        new Random(7).nextBytes(data);
        Command run = carafe.dockerWithInput(data, "run", "--rm", "-i", "busybox", "cat");
        assertThat(run.exit()).isZero();
        assertThat(run.stdout()).isEqualTo(data);
    }

    @Test
    void outputGoesOnAfterStdinHasEnded() {
        Command run =
                carafe.dockerWithInput(
                        "x".getBytes(StandardCharsets.UTF_8),
                        "run",
                        "--rm",
                        "-i",
                        "busybox",
                        "sh",
                        "-c",
                        "cat >/dev/null; sleep 1; echo late");
        assertThat(run.ok()).isEqualTo("late");
    }

    @Test
    void userWorkdirEnvironmentAndHostname() {
        String out =
                carafe.docker(
                                "run",
                                "--rm",
                                "-u",
                                "www",
                                "-w",
                                "/made/here",
                                "-e",
                                "A=b c",
                                "-h",
                                "jar",
                                "busybox",
                                "sh",
                                "-c",
                                "id -u; id -g; id -G; pwd; echo $A; hostname; echo $HOME")
                        .ok();
        assertThat(out.lines())
                .containsExactly("82", "82", "82 29", "/made/here", "b c", "jar", "/home");
    }

    @Test
    void aContainerIsConfinedAsDockersAre() {
        String status = carafe.docker("run", "--rm", "busybox", "cat", "/proc/self/status").ok();
        assertThat(status)
                .contains("CapEff:\t00000000a80425fb")
                .contains("CapBnd:\t00000000a80425fb")
                .contains("Seccomp:\t2");
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "busybox",
                                        "sh",
                                        "-c",
                                        "ls /proc/self/fd | wc -l")
                                .ok())
                .isEqualTo("4");
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "busybox",
                                        "sh",
                                        "-c",
                                        "echo x >/proc/sys/kernel/hostname")
                                .exit())
                .isNotZero();
        assertThat(
                        carafe.docker(
                                        "run", "--rm", "busybox", "mount", "-t", "tmpfs", "none",
                                        "/tmp")
                                .exit())
                .isNotZero();
        assertThat(carafe.docker("run", "--rm", "busybox", "cat", "/proc/kcore").out()).isEmpty();
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "--privileged",
                                        "busybox",
                                        "mount",
                                        "-t",
                                        "tmpfs",
                                        "none",
                                        "/tmp")
                                .exit())
                .isZero();
    }

    @Test
    void readOnlyRootsAndTmpfs() {
        assertThat(carafe.docker("run", "--rm", "--read-only", "busybox", "touch", "/x").exit())
                .isNotZero();
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "--read-only",
                                        "--tmpfs",
                                        "/t:size=1m",
                                        "busybox",
                                        "sh",
                                        "-c",
                                        "touch /t/x && df -m /t | tail -1 | awk '{print $2}'")
                                .ok())
                .isEqualTo("1");
    }

    @Test
    void limitsReachTheCgroup() {
        String memory =
                carafe.docker(
                                "run",
                                "--rm",
                                "-m",
                                "64m",
                                "busybox",
                                "cat",
                                "/sys/fs/cgroup/memory/memory.limit_in_bytes")
                        .ok();
        assertThat(memory).isEqualTo("67108864");
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "--pids-limit",
                                        "20",
                                        "busybox",
                                        "cat",
                                        "/sys/fs/cgroup/pids/pids.max")
                                .ok())
                .isEqualTo("20");
    }

    @Test
    void bindMountsAndVolumes() {
        Command.shell(
                        "mkdir -p "
                                + carafe.home()
                                + "/bind && echo from-host >"
                                + carafe.home()
                                + "/bind/f")
                .ok();
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "-v",
                                        carafe.home() + "/bind:/b:ro",
                                        "busybox",
                                        "sh",
                                        "-c",
                                        "cat /b/f; touch /b/g || echo refused")
                                .ok())
                .isEqualTo("from-host\nrefused");
        carafe.docker(
                        "run",
                        "--rm",
                        "-v",
                        "keep:/data",
                        "busybox",
                        "sh",
                        "-c",
                        "echo kept >/data/f")
                .ok();
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "-v",
                                        "keep:/data",
                                        "busybox",
                                        "cat",
                                        "/data/f")
                                .ok())
                .isEqualTo("kept");
    }

    @Test
    void theRootOfAContainerIsItsOwn() {
        carafe.docker(
                        "run",
                        "--name",
                        "own-root",
                        "busybox",
                        "sh",
                        "-c",
                        "echo changed >/etc/motd; rm /etc/group")
                .ok();
        assertThat(carafe.docker("start", "-a", "own-root").exit()).isNotZero();
        carafe.docker("rm", "own-root").ok();
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "busybox",
                                        "sh",
                                        "-c",
                                        "ls /etc/motd; head -1 /etc/group")
                                .out())
                .isEqualTo("root:x:0:\n");
    }
}
