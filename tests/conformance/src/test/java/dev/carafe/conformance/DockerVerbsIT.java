package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The real docker command line on a container's whole life.
class DockerVerbsIT {
    private static Carafe carafe;
    private static Leaks before;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("verbs");
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
    void aDetachedContainerFromStartToRemoval() {
        String id =
                carafe.docker(
                                "run",
                                "-d",
                                "--name",
                                "life",
                                "busybox",
                                "sh",
                                "-c",
                                "trap 'exit 5' TERM; echo up; while :; do sleep 0.1; done")
                        .ok();
        assertThat(id).matches("[0-9a-f]{64}");
        assertThat(carafe.docker("ps", "--format", "{{.Names}} {{.Image}} {{.State}}").ok())
                .contains("life busybox running");
        assertThat(carafe.docker("ps").ok()).contains(id.substring(0, 12)).contains("Up ");
        assertThat(carafe.docker("exec", "life", "echo", "inside").ok()).isEqualTo("inside");
        assertThat(carafe.docker("rm", "life").err())
                .contains(
                        "container is running: stop the container before removing or force remove");
        assertThat(carafe.docker("stop", "life").ok()).isEqualTo("life");
        assertThat(
                        carafe.docker(
                                        "inspect",
                                        "-f",
                                        "{{.State.Status}} {{.State.ExitCode}}",
                                        "life")
                                .ok())
                .isEqualTo("exited 5");
        assertThat(carafe.docker("logs", "life").ok()).isEqualTo("up");
        assertThat(
                        carafe.docker(
                                        "ps",
                                        "-a",
                                        "--filter",
                                        "name=life",
                                        "--format",
                                        "{{.Status}}")
                                .ok())
                .startsWith("Exited (5)");
        assertThat(carafe.docker("start", "life").ok()).isEqualTo("life");
        assertThat(carafe.docker("kill", "life").ok()).isEqualTo("life");
        assertThat(carafe.docker("wait", "life").ok()).isEqualTo("137");
        assertThat(carafe.docker("rm", "life").ok()).isEqualTo("life");
        assertThat(carafe.docker("inspect", "life").err())
                .containsIgnoringCase("no such object: life");
    }

    @Test
    void execInAllItsForms() {
        carafe.docker("run", "-d", "--name", "ex", "busybox", "sleep", "600").ok();
        assertThat(
                        carafe.dockerWithInput(
                                        "data".getBytes(StandardCharsets.UTF_8),
                                        "exec",
                                        "-i",
                                        "ex",
                                        "cat")
                                .out())
                .isEqualTo("data");
        assertThat(carafe.docker("exec", "ex", "sh", "-c", "exit 9").exit()).isEqualTo(9);
        assertThat(carafe.docker("exec", "ex", "nope").exit()).isEqualTo(127);
        assertThat(carafe.docker("exec", "ex", "/etc/passwd").exit()).isEqualTo(126);
        assertThat(
                        carafe.docker(
                                        "exec",
                                        "-u",
                                        "www",
                                        "-w",
                                        "/tmp",
                                        "-e",
                                        "K=v",
                                        "ex",
                                        "sh",
                                        "-c",
                                        "id -u; pwd; echo $K")
                                .ok())
                .isEqualTo("82\n/tmp\nv");
        assertThat(carafe.docker("exec", "ex", "cat", "/proc/self/status").ok())
                .contains("CapEff:\t00000000a80425fb")
                .contains("Seccomp:\t2");
        assertThat(carafe.docker("exec", "-d", "ex", "sh", "-c", "echo later >/tmp/d").exit())
                .isZero();
        assertThat(
                        carafe.docker(
                                        "exec",
                                        "ex",
                                        "sh",
                                        "-c",
                                        "while ! [ -s /tmp/d ]; do sleep 0.05; done; cat /tmp/d")
                                .ok())
                .isEqualTo("later");
        carafe.docker("rm", "-f", "ex").ok();
        assertThat(carafe.docker("exec", "ex", "true").err()).contains("No such container: ex");
    }

    @Test
    void logsFollowTailAndTime() throws IOException, InterruptedException {
        carafe.docker(
                        "run",
                        "-d",
                        "--name",
                        "lg",
                        "busybox",
                        "sh",
                        "-c",
                        "i=1; while [ $i -le 30 ]; do echo line $i; i=$((i+1)); sleep 0.03; done")
                .ok();
        List<String> words = new ArrayList<>(carafe.dockerWords());
        words.addAll(List.of("logs", "-f", "lg"));
        Process follow = new ProcessBuilder(words).start();
        String all = new String(follow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(follow.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(all.lines()).hasSize(30).first().isEqualTo("line 1");
        assertThat(all.lines().toList().getLast()).isEqualTo("line 30");
        assertThat(carafe.docker("logs", "--tail", "2", "lg").ok()).isEqualTo("line 29\nline 30");
        assertThat(carafe.docker("logs", "-t", "--tail", "1", "lg").ok())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+Z line 30");
        assertThat(carafe.docker("logs", "--since", "1h", "lg").ok().lines()).hasSize(30);
        assertThat(carafe.docker("logs", "--until", "1h", "lg").out()).isEmpty();
        carafe.docker("rm", "lg").ok();
    }

    @Test
    void createStartAttachWait() {
        String id = carafe.docker("create", "--name", "cr", "-i", "busybox", "cat").ok();
        assertThat(
                        carafe.docker("ps", "-a", "--filter", "id=" + id, "--format", "{{.Status}}")
                                .ok())
                .isEqualTo("Created");
        assertThat(
                        carafe.dockerWithInput(
                                        "through".getBytes(StandardCharsets.UTF_8),
                                        "start",
                                        "-a",
                                        "-i",
                                        "cr")
                                .out())
                .isEqualTo("through");
        assertThat(carafe.docker("wait", "cr").ok()).isEqualTo("0");
        carafe.docker("rm", "cr").ok();
    }

    @Test
    void namesAreTakenOnce() {
        carafe.docker("create", "--name", "taken", "busybox").ok();
        Command again = carafe.docker("create", "--name", "taken", "busybox");
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err())
                .contains("Conflict. The container name \"/taken\" is already in use by container");
        carafe.docker("rename", "taken", "free").ok();
        carafe.docker("rm", "free").ok();
    }

    @Test
    void pauseAndUnpause() {
        carafe.docker("run", "-d", "--name", "pz", "busybox", "sleep", "600").ok();
        carafe.docker("pause", "pz").ok();
        assertThat(carafe.docker("ps", "--filter", "name=pz", "--format", "{{.Status}}").ok())
                .contains("(Paused)");
        assertThat(carafe.docker("exec", "pz", "true").err()).contains("is paused");
        carafe.docker("unpause", "pz").ok();
        assertThat(carafe.docker("exec", "pz", "echo", "on").ok()).isEqualTo("on");
        assertThat(carafe.docker("top", "pz").ok()).contains("sleep 600");
        carafe.docker("rm", "-f", "pz").ok();
    }

    @Test
    void eventsTellAContainersLife() {
        String since = String.valueOf(System.currentTimeMillis() / 1000);
        carafe.docker("run", "--rm", "--name", "ev", "busybox", "true").ok();
        String events =
                carafe.docker(
                                "events",
                                "--since",
                                since,
                                "--until",
                                String.valueOf(System.currentTimeMillis() / 1000 + 1),
                                "--filter",
                                "container=ev",
                                "--format",
                                "{{.Action}}")
                        .ok();
        assertThat(events.lines())
                .containsSubsequence("create", "attach", "start", "die", "destroy");
    }

    @Test
    void oldAndNewClientsAreServed() {
        assertThat(carafe.api("/v1.24/_ping").ok()).isEqualTo("OK");
        assertThat(carafe.api("/v1.24/containers/json?all=1").ok()).startsWith("[");
        assertThat(carafe.api("/v1.41/version").ok()).contains("\"ApiVersion\"");
        assertThat(carafe.api("/nothing").ok()).contains("\"message\":\"page not found\"");
        assertThat(carafe.docker("version", "--format", "{{.Server.Os}}").ok()).isEqualTo("linux");
        assertThat(carafe.docker("info", "--format", "{{.Driver}} {{.OSType}}").ok())
                .isEqualTo("overlay2 linux");
    }

    @Test
    void terminalOutputIsOneStream() {
        String out =
                carafe.docker("run", "--rm", "-t", "busybox", "sh", "-c", "tty; echo e >&2").ok();
        assertThat(out).isEqualTo("/dev/pts/0\r\ne");
    }
}
