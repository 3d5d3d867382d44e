package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Log drivers and `docker logs` with the real docker command line.
class LogsIT {
    private static Carafe carafe;
    private static Leaks before;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("logs");
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

    private static void run(String name, List<String> options, String script) {
        List<String> words = new ArrayList<>(List.of("run", "--name", name));
        words.addAll(List.of("--network", "none"));
        words.addAll(options);
        words.addAll(List.of("busybox", "sh", "-c", script));
        carafe.docker(words.toArray(String[]::new)).ok();
    }

    private static void remove(String name) {
        carafe.docker("rm", "-f", name).ok();
    }

    private static String numbers(int from, int to) {
        return String.join(
                "\n", IntStream.rangeClosed(from, to).mapToObj(String::valueOf).toList());
    }

    @Test
    void aLogIsRotatedAndItsFilesAreRead() throws IOException {
        run("rot", List.of("--log-opt", "max-size=2k", "--log-opt", "max-file=3"), "seq 1 500");
        Path log = Path.of(carafe.docker("inspect", "-f", "{{.LogPath}}", "rot").ok());
        try (Stream<Path> files = Files.list(log.getParent())) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .contains(log.getFileName() + "", log.getFileName() + ".1")
                    .contains(log.getFileName() + ".2")
                    .doesNotContain(log.getFileName() + ".3");
        }
        List<String> kept = carafe.docker("logs", "rot").ok().lines().toList();
        assertThat(kept).hasSizeBetween(30, 200);
        assertThat(String.join("\n", kept)).isEqualTo(numbers(501 - kept.size(), 500));
        assertThat(carafe.docker("logs", "--tail", "40", "rot").ok()).isEqualTo(numbers(461, 500));
        remove("rot");
    }

    @Test
    void partsOfALogAreCutByCountAndTime() {
        run("cut", List.of(), "seq 1 20; sleep 0.1; echo late; echo wrong >&2");
        assertThat(carafe.docker("logs", "-n", "2", "cut").out()).contains("late");
        assertThat(carafe.docker("logs", "--tail", "all", "cut").out().lines()).hasSize(21);
        assertThat(carafe.docker("logs", "cut").err()).contains("wrong");
        List<String> timed = carafe.docker("logs", "-t", "cut").out().lines().toList();
        assertThat(timed).allMatch(l -> l.matches("[-0-9]{10}T[0-9:]{8}\\.[0-9]{9}Z .*"));
        String fifth = timed.get(4).split(" ", 2)[0];
        assertThat(carafe.docker("logs", "--since", fifth, "cut").out().lines().findFirst())
                .contains("5");
        assertThat(carafe.docker("logs", "--until", fifth, "cut").out().lines())
                .containsExactly("1", "2", "3", "4", "5");
        remove("cut");
    }

    @Test
    void detailsShowWhatTheDriverWasAskedToKeep() {
        run(
                "det",
                List.of(
                        "--label",
                        "team=a b",
                        "-e",
                        "TIER=1",
                        "--log-opt",
                        "labels=team",
                        "--log-opt",
                        "env=TIER",
                        "--log-opt",
                        "tag={{.Name}}/{{.ImageName}}"),
                "echo hi");
        assertThat(carafe.docker("logs", "--details", "det").ok())
                .isEqualTo("TIER=1,tag=det%2Fbusybox,team=a+b hi");
        remove("det");
    }

    @Test
    void theLocalDriverIsReadAndTheDriverNoneIsNot() {
        run("loc", List.of("--log-driver", "local"), "seq 1 3");
        assertThat(carafe.docker("logs", "loc").ok()).isEqualTo(numbers(1, 3));
        assertThat(carafe.docker("inspect", "-f", "{{.LogPath}}", "loc").ok()).isEmpty();
        run("non", List.of("--log-driver", "none"), "seq 1 3");
        assertThat(carafe.docker("logs", "non").err())
                .contains("configured logging driver does not support reading");
        remove("loc");
        remove("non");
    }

    @Test
    void unknownDriversAndOptionsAreRefused() {
        assertThat(carafe.docker("create", "--log-driver", "nosuch", "busybox").err())
                .contains("logger: no log driver named 'nosuch' is registered");
        assertThat(carafe.docker("create", "--log-opt", "colour=red", "busybox").err())
                .contains("unknown log opt 'colour' for json-file log driver");
        assertThat(carafe.docker("info", "-f", "{{.LoggingDriver}} {{.Plugins.Log}}").ok())
                .startsWith("json-file [journald json-file local none syslog");
    }

    @Test
    void aFollowerSeesEachLineOnceOverAKilledDaemon() {
        carafe.docker(
                        "run",
                        "-d",
                        "--name",
                        "crash",
                        "--network",
                        "none",
                        "busybox",
                        "sh",
                        "-c",
                        "for i in $(seq 1 1500); do echo $i; usleep 500; done")
                .ok();
        for (int i = 0; i < 2; i++) {
            carafe.killDaemon();
            carafe.boot();
        }
        assertThat(carafe.docker("logs", "-f", "crash").ok()).isEqualTo(numbers(1, 1500));
        remove("crash");
    }
}
