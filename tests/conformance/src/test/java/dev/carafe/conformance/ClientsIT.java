package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Libraries that other programs drive Docker with, run as programs of their own. {@link
/// DockerJavaIT} has docker-java.
class ClientsIT {
    private static Carafe carafe;
    private static Leaks before;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("clients");
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

    private static Map<String, String> environment() {
        return new HashMap<>(
                Map.of(
                        "DOCKER_HOST",
                        "unix://" + carafe.socket(),
                        "DOCKER_CONFIG",
                        carafe.home().resolve("config").toString(),
                        "TESTCONTAINERS_RYUK_DISABLED",
                        "true"));
    }

    private static void assertAllFactsHold(Command run, int atLeast) {
        assertThat(run.exit()).as(run.toString()).isZero();
        List<String> facts = run.out().lines().filter(l -> l.startsWith("ok ")).toList();
        assertThat(facts).hasSizeGreaterThanOrEqualTo(atLeast);
    }

    @Test
    void dockerPy() {
        assertAllFactsHold(
                Command.run(
                        List.of("/usr/bin/python3", "src/test/py/docker_py.py"),
                        new byte[0],
                        environment()),
                25);
    }

    @Test
    void testcontainers() {
        assertAllFactsHold(
                Command.run(
                        List.of(
                                System.getProperty("java.home") + "/bin/java",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                TestcontainersMain.class.getName()),
                        new byte[0],
                        environment()),
                8);
    }
}
