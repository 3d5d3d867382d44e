package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// `docker events` with the real docker command line: order and attributes as dockerd's.
class EventsIT {
    private static Carafe carafe;
    private static Leaks before;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("events");
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

    private static String now() {
        long nanos = Math.multiplyExact(System.currentTimeMillis(), 1_000_000L);
        return "%d.%09d".formatted(nanos / 1_000_000_000L, nanos % 1_000_000_000L);
    }

    private static List<String> since(String since, String format, String... filters) {
        List<String> words = new ArrayList<>(List.of("events", "--since", since));
        words.addAll(List.of("--until", now(), "--format", format));
        for (String filter : filters) {
            words.addAll(List.of("--filter", filter));
        }
        return carafe.docker(words.toArray(String[]::new)).ok().lines().toList();
    }

    @Test
    void aRunTellsItsWholeLifeInDockersOrder() {
        String start = now();
        carafe.docker("run", "--rm", "--name", "life", "busybox", "true").ok();
        assertThat(since(start, "{{.Type}} {{.Action}}"))
                .containsExactly(
                        "container create",
                        "container attach",
                        "network connect",
                        "container start",
                        "network disconnect",
                        "container die",
                        "container destroy");
        assertThat(since(start, "{{json .Actor.Attributes}}", "event=die"))
                .containsExactly(
                        "{\"execDuration\":\"0\",\"exitCode\":\"0\",\"image\":\"busybox\",\"name\":\"life\"}");
    }

    /// What was begun is told to its end, and nothing ends that was not told to begin.
    @Test
    void aStartThatFailsLeavesNoNetworkThatItNeverTold() {
        String start = now();
        carafe.docker("create", "--name", "nope", "-v", "evol2:/data", "busybox", "/nope").ok();
        assertThat(carafe.docker("start", "nope").exit()).isEqualTo(1);
        carafe.docker("rm", "nope").ok();
        assertThat(since(start, "{{.Type}} {{.Action}}"))
                .containsExactly(
                        "volume create",
                        "container create",
                        "volume mount",
                        "volume unmount",
                        "container destroy");
    }

    @Test
    void volumesAreMountedBeforeTheStartAndLeftAfterTheEnd() {
        String start = now();
        carafe.docker("run", "--rm", "-v", "evol:/data:ro", "busybox", "true").ok();
        carafe.docker("volume", "rm", "evol").ok();
        assertThat(since(start, "{{.Type}} {{.Action}}"))
                .containsExactly(
                        "volume create",
                        "container create",
                        "container attach",
                        "volume mount",
                        "network connect",
                        "container start",
                        "network disconnect",
                        "volume unmount",
                        "container die",
                        "container destroy",
                        "volume destroy");
        assertThat(
                        since(
                                start,
                                "{{.Actor.ID}} {{index .Actor.Attributes \"read/write\"}}",
                                "event=mount"))
                .containsExactly("evol false");
    }

    @Test
    void everyVerbLeavesItsMark() {
        String start = now();
        carafe.docker("run", "-d", "--name", "verb", "--network", "none", "busybox", "sleep", "100")
                .ok();
        carafe.docker("exec", "verb", "echo", "hi").ok();
        carafe.docker("rename", "verb", "other").ok();
        carafe.docker("pause", "other").ok();
        carafe.docker("unpause", "other").ok();
        carafe.docker("top", "other").ok();
        carafe.docker("restart", "-t", "0", "other").ok();
        carafe.docker("kill", "other").ok();
        carafe.docker("wait", "other").ok();
        carafe.docker("rm", "other").ok();
        assertThat(since(start, "{{.Action}}", "type=container"))
                .containsSubsequence(
                        "create", "start", "exec_create: echo hi", "exec_start: echo hi")
                .containsSubsequence("start", "exec_die", "rename", "pause", "unpause", "top")
                .containsSubsequence("top", "kill", "die", "stop", "start", "restart")
                .containsSubsequence("restart", "kill", "die", "destroy");
        assertThat(
                        since(
                                start,
                                "{{.Actor.Attributes.oldName}} {{.Actor.Attributes.name}}",
                                "event=rename"))
                .containsExactly("/verb other");
        assertThat(since(start, "{{.Action}}", "container=other", "event=exec_create")).isEmpty();
        assertThat(since(start, "{{.Action}}", "event=exec_create"))
                .containsExactly("exec_create: echo hi");
    }

    @Test
    void aNewDaemonKnowsWhatHappenedBefore() {
        String start = now();
        String longest = "0123456789".repeat(12_000);
        carafe.docker(
                        "create",
                        "--name",
                        "old",
                        "-l",
                        "long=" + longest,
                        "busybox",
                        "echo",
                        longest)
                .ok();
        carafe.killDaemon();
        carafe.boot();
        assertThat(carafe.docker("inspect", "-f", "{{.Args}} {{.Config.Labels}}", "old").ok())
                .isEqualTo("[" + longest + "] map[long:" + longest + "]");
        carafe.docker("rm", "old").ok();
        assertThat(since(start, "{{.Action}}", "container=old"))
                .containsExactly("create", "destroy");
    }

    @Test
    void timesThatCanNotBeAreRefused() {
        assertThat(carafe.docker("events", "--since", "2000", "--until", "1000").err())
                .contains("`since` time (2000)", "cannot be after `until` time (1000)");
    }
}
