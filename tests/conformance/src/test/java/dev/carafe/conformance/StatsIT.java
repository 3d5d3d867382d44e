package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// `docker stats` and our own, over one daemon with a busy, a stopped and a paused container.
class StatsIT {
    private static final String FORMAT =
            "{{.Name}} {{.CPUPerc}} {{.MemUsage}} {{.MemPerc}} {{.NetIO}} {{.PIDs}}";
    private static Carafe carafe;
    private static Leaks before;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("stats");
        carafe.docker("run", "--rm", "busybox", "true").ok();
        before = Leaks.of(carafe);
        run("busy", "-m", "64m", "--pids-limit", "9", "busybox", "sh", "-c", "while :; do :; done");
        run("paused", "busybox", "sleep", "1000");
        carafe.docker("pause", "paused").ok();
        run("stopped", "--network", "none", "busybox", "true");
        carafe.docker("wait", "stopped").ok();
    }

    private static void run(String name, String... words) {
        List<String> all = new ArrayList<>(List.of("run", "-d", "--name", name));
        all.addAll(List.of(words));
        carafe.docker(all.toArray(String[]::new)).ok();
    }

    @AfterAll
    static void stop() {
        try {
            carafe.docker("rm", "-f", "busy", "paused", "stopped").ok();
            Leaks.assertNoneSince(before, carafe);
        } finally {
            carafe.close();
        }
    }

    @Test
    void dockersTableShowsTheRunningOnes() {
        List<String> lines = carafe.docker("stats", "--no-stream").ok().lines().toList();
        assertThat(lines.getFirst().split(" {2,}"))
                .containsExactly(
                        "CONTAINER ID",
                        "NAME",
                        "CPU %",
                        "MEM USAGE / LIMIT",
                        "MEM %",
                        "NET I/O",
                        "BLOCK I/O",
                        "PIDS");
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).contains(" paused ");
        assertThat(lines.get(2)).contains(" busy ").contains(" / 64MiB ");
    }

    @Test
    void figuresAreOfTheContainer() {
        String[] words =
                carafe.docker("stats", "--no-stream", "--format", FORMAT, "busy").ok().split(" ");
        assertThat(Double.parseDouble(words[1].replace("%", ""))).isGreaterThan(1);
        assertThat(words[2]).endsWith("iB");
        assertThat(words[4]).isEqualTo("64MiB");
        assertThat(words[9]).isEqualTo("1");
    }

    @Test
    void aStoppedContainerHasZeros() {
        String zeros = "stopped 0.00% 0B / 0B 0.00% 0B / 0B 0";
        String[] words = {"stats", "--no-stream", "--format", FORMAT, "stopped"};
        assertThat(carafe.docker(words).ok()).isEqualTo(zeros);
        assertThat(carafe.carafe(words).ok()).isEqualTo(zeros);
    }

    @Test
    void ourTableIsDockers() {
        List<String> ours = carafe.carafe("stats", "--no-stream", "-a").ok().lines().toList();
        List<String> dockers = carafe.docker("stats", "--no-stream", "-a").ok().lines().toList();
        assertThat(ours.getFirst().split(" {2,}")).isEqualTo(dockers.getFirst().split(" {2,}"));
        assertThat(ours).hasSize(4);
        assertThat(ours.stream().map(l -> l.split(" {2,}")[1]).toList())
                .isEqualTo(dockers.stream().map(l -> l.split(" {2,}")[1]).toList());
    }

    @Test
    void aContainerThatIsNotThereEndsTheCommand() {
        for (Command c :
                List.of(
                        carafe.docker("stats", "--no-stream", "busy", "nobody"),
                        carafe.carafe("stats", "--no-stream", "busy", "nobody"))) {
            assertThat(c.exit()).isEqualTo(1);
            assertThat(c.err()).contains("No such container: nobody");
        }
    }

    @Test
    void oneShotHasNothingToCompareWith() {
        String json = carafe.api("/v1.51/containers/busy/stats?stream=0&one-shot=1").ok();
        assertThat(json)
                .contains("\"preread\":\"0001-01-01T00:00:00Z\"")
                .contains("\"precpu_stats\":{\"cpu_usage\":{\"total_usage\":0,")
                .contains("\"pids_stats\":{\"current\":1,\"limit\":9}")
                .contains("\"limit\":67108864")
                .contains("\"networks\":{\"eth0\":{\"rx_bytes\":");
        assertThat(carafe.api("/v1.51/containers/busy/stats?stream=1&one-shot=1").out())
                .contains("cannot have stream=true and one-shot=true");
        assertThat(carafe.api("/v1.51/containers/nobody/stats").out())
                .contains("No such container: nobody");
    }

    @Test
    void aStreamEndsWithItsContainer() {
        run("short", "busybox", "sleep", "1000");
        List<String> stream = carafe.curl("/v1.51/containers/short/stats");
        String socket = carafe.socket().toString();
        String script =
                String.join(" ", stream)
                        + " | { read first; docker -H unix://"
                        + socket
                        + " rm -f short >/dev/null; cat >/dev/null; echo \"$first\"; }";
        assertThat(Command.shell(script).ok()).contains("\"name\":\"/short\"");
    }
}
