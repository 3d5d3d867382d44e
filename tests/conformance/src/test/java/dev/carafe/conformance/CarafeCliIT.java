package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our own command line.
class CarafeCliIT {
    private static Carafe carafe;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("cli");
    }

    @AfterAll
    static void stop() {
        carafe.close();
    }

    @Test
    void theFirstThingANewcomerRuns() {
        String out = carafe.carafe("run", "--rm", "carafe/hello").ok();
        assertThat(out)
                .contains("pid")
                .contains("mnt")
                .contains("net")
                .contains("cgroup")
                .contains("docker/");
    }

    @Test
    void runPsLogsExecStopRm() {
        assertThat(carafe.carafe("run", "--rm", "busybox", "echo", "hi").ok()).isEqualTo("hi");
        String id =
                carafe.carafe(
                                "run",
                                "-d",
                                "--name",
                                "own",
                                "busybox",
                                "sh",
                                "-c",
                                "echo started; exec sleep 600")
                        .ok();
        assertThat(id).matches("[0-9a-f]{64}");
        assertThat(carafe.carafe("ps").ok())
                .contains(id.substring(0, 12))
                .contains("CONTAINER ID   IMAGE")
                .contains("own");
        assertThat(carafe.carafe("exec", "own", "sh", "-c", "exit 6").exit()).isEqualTo(6);
        assertThat(carafe.carafe("logs", "own").ok()).isEqualTo("started");
        assertThat(
                        carafe.carafe(
                                        "inspect",
                                        "-f",
                                        "{{.State.Status}} {{json .Config.Cmd}}",
                                        "own")
                                .ok())
                .isEqualTo("running [\"sh\",\"-c\",\"echo started; exec sleep 600\"]");
        assertThat(carafe.carafe("stop", "-t", "0", "own").ok()).isEqualTo("own");
        assertThat(carafe.carafe("rm", "own").ok()).isEqualTo("own");
    }

    @Test
    void exitCodesAreDockers() {
        assertThat(carafe.carafe("run", "--rm", "busybox", "sh", "-c", "exit 42").exit())
                .isEqualTo(42);
        assertThat(carafe.carafe("run", "--rm", "busybox", "nope").exit()).isEqualTo(127);
        assertThat(carafe.carafe("run", "--rm", "busybox", "/etc/passwd").exit()).isEqualTo(126);
        assertThat(carafe.carafe("run", "--nope", "busybox").exit()).isEqualTo(125);
        assertThat(carafe.carafe("ps", "--nope").exit()).isEqualTo(125);
        assertThat(carafe.carafe("rm", "nothere").exit()).isEqualTo(1);
    }

    @Test
    void tablesAreDockersToTheLetter() {
        carafe.docker("run", "-d", "--name", "tab", "busybox", "sleep", "600").ok();
        try {
            assertThatBothSay("ps", "--no-trunc");
            assertThatBothSay("images");
            assertThat(carafe.carafe("inspect", "tab").ok())
                    .isEqualTo(carafe.docker("inspect", "tab").ok());
            assertThat(carafe.carafe("image", "inspect", "busybox").ok())
                    .isEqualTo(carafe.docker("image", "inspect", "busybox").ok());
            assertThat(carafe.carafe("port", "tab").ok())
                    .isEqualTo(carafe.docker("port", "tab").ok());
        } finally {
            carafe.docker("rm", "-f", "tab");
        }
    }

    /**
     * Compares a table that tells ages. Docker is asked before and after: where the two answers
     * differ, a second went by and both are asked anew.
     */
    private static void assertThatBothSay(String... command) {
        for (int tries = 0; tries < 30; tries++) {
            String before = carafe.docker(command).ok();
            String ours = carafe.carafe(command).ok();
            if (before.equals(carafe.docker(command).ok())) {
                assertThat(ours).isEqualTo(before);
                return;
            }
        }
        throw new AssertionError("docker's own answer changed at each of 30 tries");
    }

    @Test
    void pluginsAreCommands() {
        assertThat(carafe.carafe("compose", "version").ok()).contains("Compose");
        assertThat(carafe.carafe("compose", "ls", "--format", "json").ok()).isEqualTo("[]");
        assertThat(carafe.carafe("info").ok()).contains("\n  compose: ", "\n  buildx: ");
        assertThat(carafe.carafe("--help").ok()).contains("\n  compose*");
    }

    @Test
    void helpExplains() {
        assertThat(carafe.carafe("--help").ok())
                .contains("Usage:")
                .contains("run")
                .contains("exec");
        assertThat(carafe.carafe("run", "--help").ok())
                .contains("Usage:")
                .contains("--rm")
                .contains("--publish");
        assertThat(carafe.carafe("completion", "bash").ok()).contains("complete");
    }

    @Test
    void aSecondDaemonOnTheSameRootIsRefusedClearly() {
        Command second =
                Command.run(
                        List.of(
                                Carafe.PROGRAM.toString(),
                                "daemon",
                                "-H",
                                "unix://" + carafe.home().resolve("other.sock"),
                                "--data-root",
                                carafe.home().resolve("data").toString(),
                                "--exec-root",
                                carafe.home().resolve("exec2").toString(),
                                "--pidfile",
                                carafe.home().resolve("pid2").toString()));
        assertThat(second.exit()).isNotZero();
        assertThat(second.out() + second.err())
                .contains(carafe.home().resolve("data").toString())
                .contains(String.valueOf(carafe.pid()));
    }

    @Test
    void noDaemonIsStartedWhenItIsToldNotTo(@TempDir Path home) {
        Map<String, String> environment = Map.of("CARAFE_HOST", "", "DOCKER_HOST", "");
        Command run =
                Command.run(
                        List.of(
                                Carafe.PROGRAM.toString(),
                                "--no-autostart",
                                "-H",
                                "unix://" + home + "/none.sock",
                                "ps"),
                        new byte[0],
                        environment);
        assertThat(run.exit()).isNotZero();
        assertThat(run.err()).contains("none.sock");
    }
}
