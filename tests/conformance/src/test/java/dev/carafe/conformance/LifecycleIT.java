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
}
