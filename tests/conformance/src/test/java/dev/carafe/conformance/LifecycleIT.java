package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What happens to containers by themselves, as the real docker command line sees it.
class LifecycleIT {
    private static final long PATIENCE_SECONDS = 60;
    private static Carafe carafe;
    private static Leaks before;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("life");
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

    private static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never happened: " + what + "\n" + carafe.log());
            }
        }
    }

    private static String inspect(String name, String format) {
        return carafe.docker("inspect", "-f", format, name).ok();
    }

    private static String status(String name) {
        return carafe.docker(
                        "ps", "-a", "--filter", "name=^" + name + "$", "--format", "{{.Status}}")
                .ok();
    }

    private static String actions(String name, long sinceSeconds) {
        return carafe.docker(
                        "events",
                        "--since",
                        String.valueOf(sinceSeconds),
                        "--until",
                        String.valueOf(System.currentTimeMillis() / 1000 + 1),
                        "--filter",
                        "container=" + name,
                        "--format",
                        "{{.Action}}")
                .ok();
    }

    @Test
    void aHealthCheckShowsInInspectPsFiltersAndEvents() {
        long since = System.currentTimeMillis() / 1000;
        String id =
                carafe.docker(
                                "run",
                                "-d",
                                "--name",
                                "checked",
                                "--health-cmd",
                                "test -e /ok && echo fine",
                                "--health-interval",
                                "200ms",
                                "--health-retries",
                                "2",
                                "busybox",
                                "sleep",
                                "1000")
                        .ok();
        until("it is unhealthy", () -> status("checked").endsWith("(unhealthy)"));
        carafe.docker("exec", "checked", "touch", "/ok").ok();
        until("it is healthy", () -> status("checked").endsWith("(healthy)"));
        assertThat(carafe.docker("ps", "-q", "--no-trunc", "-f", "health=healthy").ok())
                .isEqualTo(id);
        assertThat(carafe.docker("ps", "-q", "-f", "health=unhealthy").ok()).isEmpty();
        assertThat(inspect("checked", "{{.State.Health.Status}} {{.State.Health.FailingStreak}}"))
                .isEqualTo("healthy 0");
        assertThat(inspect("checked", "{{range .State.Health.Log}}{{.ExitCode}}{{.Output}}{{end}}"))
                .contains("0fine");
        assertThat(actions("checked", since).lines())
                .containsSubsequence(
                        "start",
                        "exec_create: /bin/sh -c test -e /ok && echo fine",
                        "exec_start: /bin/sh -c test -e /ok && echo fine",
                        "exec_die",
                        "health_status: unhealthy",
                        "health_status: healthy");
        carafe.killDaemon();
        carafe.boot();
        assertThat(status("checked")).endsWith("(healthy)");
        carafe.docker("exec", "checked", "rm", "/ok").ok();
        until("it is checked on", () -> status("checked").endsWith("(unhealthy)"));
        carafe.docker("rm", "-f", "checked").ok();
    }

    @Test
    void initReapsPassesSignalsOnAndExitsAsItsProgramDoes() {
        carafe.docker(
                        "run",
                        "-d",
                        "--init",
                        "--name",
                        "zombies",
                        "busybox",
                        "sh",
                        "-c",
                        "trap 'exit 7' TERM; (sleep 0.1 & exec true); while :; do sleep 0.1; done")
                .ok();
        assertThat(carafe.docker("top", "zombies", "-eo", "pid,comm").ok()).contains("docker-init");
        assertThat(carafe.docker("exec", "zombies", "cat", "/proc/1/comm").ok())
                .isEqualTo("docker-init");
        assertThat(inspect("zombies", "{{.HostConfig.Init}} {{.Path}}")).isEqualTo("true sh");
        carafe.docker("stop", "-t", "30", "zombies").ok();
        assertThat(inspect("zombies", "{{.State.ExitCode}}")).isEqualTo("7");
        carafe.docker("rm", "zombies").ok();
        Command nothing = carafe.docker("run", "--rm", "--init", "busybox", "no-such-program");
        assertThat(nothing.exit()).isEqualTo(127);
        assertThat(nothing.err()).contains("exec no-such-program failed: No such file");
        assertThat(carafe.docker("run", "--rm", "busybox", "cat", "/proc/1/comm").ok())
                .isEqualTo("cat");
    }

    @Test
    void aFailingContainerIsRestartedAndShowsIt() {
        long since = System.currentTimeMillis() / 1000;
        carafe.docker(
                        "run",
                        "-d",
                        "--restart",
                        "on-failure:2",
                        "--name",
                        "failing",
                        "busybox",
                        "sh",
                        "-c",
                        "exit 3")
                .ok();
        until("it gave up", () -> status("failing").startsWith("Exited (3)"));
        assertThat(inspect("failing", "{{.RestartCount}} {{.HostConfig.RestartPolicy.Name}}"))
                .isEqualTo("2 on-failure");
        assertThat(actions("failing", since).lines())
                .containsExactly("create", "start", "die", "start", "die", "start", "die");
        carafe.docker("rm", "failing").ok();
        carafe.docker("run", "-d", "--restart", "always", "--name", "loop", "busybox", "false")
                .ok();
        until("it waits", () -> status("loop").startsWith("Restarting (1)"));
        assertThat(carafe.docker("rm", "loop").err())
                .contains("stop the container before removing");
        carafe.docker("stop", "loop").ok();
        assertThat(status("loop")).startsWith("Exited (1)");
        carafe.docker("rm", "loop").ok();
    }

    @Test
    void aContainerThatRemovesItselfCanBeRestartedAndRemovedByForce() {
        carafe.docker("run", "-d", "--rm", "--name", "brief", "busybox", "sleep", "1000").ok();
        carafe.docker("restart", "-t", "0", "brief").ok();
        assertThat(status("brief")).startsWith("Up");
        assertThat(carafe.docker("rm", "-f", "brief").ok()).isEqualTo("brief");
        assertThat(status("brief")).isEmpty();
    }

    @Test
    void aKillWaitsForTheEndAndRefusesWhatDoesNotRun() {
        String id = carafe.docker("run", "-d", "--name", "killed", "busybox", "sleep", "1000").ok();
        assertThat(carafe.docker("kill", "-s", "NOPE", "killed").err())
                .contains("cannot kill container: killed: invalid signal: NOPE");
        carafe.docker("kill", "killed").ok();
        assertThat(inspect("killed", "{{.State.Status}} {{.State.ExitCode}}"))
                .isEqualTo("exited 137");
        assertThat(carafe.docker("kill", "killed").err())
                .contains("cannot kill container: killed: container " + id + " is not running");
        carafe.docker("rm", "killed").ok();
    }

    @Test
    void thePolicySaysWhatADaemonStarts() {
        for (String policy : new String[] {"always", "unless-stopped"}) {
            carafe.docker(
                            "run",
                            "-d",
                            "--restart",
                            policy,
                            "--name",
                            policy,
                            "busybox",
                            "sleep",
                            "1000")
                    .ok();
            carafe.docker("stop", "-t", "0", policy).ok();
        }
        carafe.terminateDaemon();
        carafe.boot();
        until("it runs", () -> status("always").startsWith("Up"));
        assertThat(status("unless-stopped")).startsWith("Exited (137)");
        carafe.docker("rm", "-f", "always", "unless-stopped").ok();
    }

    @Test
    void limitsAndPoliciesCanBeChanged() {
        carafe.docker("run", "-d", "--name", "limited", "-m", "64m", "busybox", "sleep", "1000")
                .ok();
        assertThat(carafe.docker("update", "-m", "32m", "--pids-limit", "9", "limited").ok())
                .isEqualTo("limited");
        assertThat(inspect("limited", "{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}"))
                .isEqualTo("33554432 134217728");
        assertThat(carafe.docker("exec", "limited", "cat", "/sys/fs/cgroup/pids/pids.max").out())
                .isIn("9\n", "");
        assertThat(carafe.docker("update", "-m", "1g", "limited").err())
                .contains("Cannot update container", "update the memoryswap at the same time");
        assertThat(carafe.carafe("update", "--restart", "on-failure:2", "limited").ok())
                .isEqualTo("limited");
        assertThat(
                        inspect(
                                "limited",
                                "{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.RestartPolicy.MaximumRetryCount}}"))
                .isEqualTo("on-failure 2");
        assertThat(carafe.carafe("update", "limited").err())
                .contains("you must provide one or more flags");
        carafe.docker("rm", "-f", "limited").ok();
    }

    @Test
    void runningOutOfMemoryShows() {
        long since = System.currentTimeMillis() / 1000;
        Command run =
                carafe.docker(
                        "run", "--name", "greedy", "-m", "16m", "busybox", "tail", "/dev/zero");
        assertThat(run.exit()).isEqualTo(137);
        assertThat(inspect("greedy", "{{.State.OOMKilled}} {{.State.ExitCode}}"))
                .isEqualTo("true 137");
        assertThat(actions("greedy", since).lines()).containsSubsequence("start", "oom", "die");
        carafe.docker("rm", "greedy").ok();
    }

    @Test
    void shareableIpcIsSharedAndPrivateIsNot() {
        carafe.docker(
                        "run",
                        "-d",
                        "--ipc",
                        "shareable",
                        "--name",
                        "donor",
                        "busybox",
                        "sh",
                        "-c",
                        "echo word > /dev/shm/file; sleep 1000")
                .ok();
        until(
                "it has written",
                () -> carafe.docker("exec", "donor", "cat", "/dev/shm/file").exit() == 0);
        carafe.docker(
                        "run",
                        "--rm",
                        "--ipc",
                        "container:donor",
                        "busybox",
                        "sh",
                        "-c",
                        "grep word /dev/shm/file && echo more >> /dev/shm/file")
                .ok();
        assertThat(carafe.docker("exec", "donor", "cat", "/dev/shm/file").ok())
                .isEqualTo("word\nmore");
        carafe.docker("run", "-d", "--name", "closed", "busybox", "sleep", "1000").ok();
        Command refused =
                carafe.docker("run", "--rm", "--ipc", "container:closed", "busybox", "true");
        assertThat(refused.exit()).isEqualTo(125);
        assertThat(refused.err()).contains("non-shareable IPC");
        assertThat(carafe.docker("run", "--rm", "--userns", "mine", "busybox", "true").err())
                .contains("invalid");
        carafe.docker("rm", "-f", "donor", "closed").ok();
    }
}
