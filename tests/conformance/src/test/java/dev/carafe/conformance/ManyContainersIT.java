package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Two hundred starts and stops, fifty at once: nothing is left behind, nothing fails.
class ManyContainersIT {
    private static final int TIMES = 200;
    private static final int AT_ONCE = 50;

    @Test
    void twoHundredStartsAndStopsLeaveNothing() throws Exception {
        try (Carafe carafe = Carafe.start("many")) {
            carafe.docker("run", "--rm", "busybox", "true").ok();
            Leaks before = Leaks.of(carafe);
            for (int i = 0; i < TIMES; i++) {
                Command created =
                        carafe.api(
                                "/containers/create?name=m" + i,
                                "-X",
                                "POST",
                                "-H",
                                "Content-Type: application/json",
                                "-d",
                                "{\"Image\":\"busybox\",\"Cmd\":[\"sleep\",\"600\"],\"HostConfig\":{\"NetworkMode\":\""
                                        + (i % 2 == 0 ? "bridge" : "none")
                                        + "\"}}");
                assertThat(created.ok()).contains("\"Id\"");
                assertThat(carafe.api("/containers/m" + i + "/start", "-X", "POST").ok()).isEmpty();
                assertThat(carafe.api("/containers/m" + i + "/kill", "-X", "POST").ok()).isEmpty();
                assertThat(carafe.api("/containers/m" + i + "/wait", "-X", "POST").ok())
                        .contains("\"StatusCode\":137");
                assertThat(carafe.api("/containers/m" + i, "-X", "DELETE").ok()).isEmpty();
            }
            Leaks.assertNoneSince(before, carafe);
        }
    }

    @Test
    void fiftyAtOnce() throws Exception {
        try (Carafe carafe = Carafe.start("fifty")) {
            carafe.docker("run", "--rm", "busybox", "true").ok();
            Leaks before = Leaks.of(carafe);
            try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
                List<Future<String>> runs =
                        IntStream.range(0, AT_ONCE)
                                .mapToObj(i ->
                                        threads.submit(() ->
                                                carafe.docker(
                                                                "run", "--rm", "busybox", "echo",
                                                                "n" + i)
                                                        .ok()))
                                .toList();
                for (int i = 0; i < AT_ONCE; i++) {
                    assertThat(runs.get(i).get()).isEqualTo("n" + i);
                }
            }
            Leaks.assertNoneSince(before, carafe);
        }
    }
}
