package dev.carafe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.linux.Pipes;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Containers of a process that was killed with SIGKILL.
class RecoveryIT {
    private static Containers containers;

    @BeforeAll
    static void begin() {
        containers = new Containers();
    }

    @AfterAll
    static void end() {
        containers.close();
    }

    @Test
    void aRunningContainerLivesOnWithEveryByteAndItsExactExit() throws Exception {
        String id = containers.newId();
        crash(
                "start",
                id,
                "sh",
                "-c",
                "i=0; while [ $i -lt 300 ]; do echo line $i; i=$((i+1)); done; read x; exit $x");
        Recovered.Live live =
                (Recovered.Live) containers.runtime.recover(id, containers.runDir(id));
        assertThat(live.started()).isTrue();
        String out = Containers.await(live.handle().stdio().stdout(), "line 299\n");
        assertThat(out.lines()).hasSize(300);
        assertThat(live.handle().exited()).isNotDone();
        Containers.write(live.handle().stdio().stdin(), "23\n");
        assertThat(Containers.join(live.handle().exited()).code()).isEqualTo(23);
        live.handle().delete();
    }

    @Test
    void oneThatEndedMeanwhileIsKnownWithItsOutput() throws Exception {
        String id = containers.newId();
        crash("start", id, "sh", "-c", "echo last words; exit 6");
        Recovered.Live live =
                (Recovered.Live) containers.runtime.recover(id, containers.runDir(id));
        Exit exit = Containers.join(live.handle().exited());
        assertThat(exit.code()).isEqualTo(6);
        assertThat(Containers.drain(live.handle().stdio().stdout(), live.handle().exited()))
                .isEqualTo("last words\n");
        live.handle().release();
        // the monitor goes; its status stays
        live.handle().close();
        assertThat(ended(id).exit()).isEqualTo(exit);
    }

    @Test
    void aCreatedOneCanBeStarted() throws Exception {
        String id = containers.newId();
        crash("create", id, "echo", "started late");
        Recovered.Live live =
                (Recovered.Live) containers.runtime.recover(id, containers.runDir(id));
        assertThat(live.started()).isFalse();
        live.handle().start();
        assertThat(containers.finish(live.handle()).out()).isEqualTo("started late\n");
        live.handle().delete();
    }

    @Test
    void anExecLivesOn() throws Exception {
        String id = containers.newId();
        crash("exec", id, "sleep", "100");
        Recovered.Live live =
                (Recovered.Live) containers.runtime.recover(id, containers.runDir(id));
        RecoveredExec.Live exec =
                (RecoveredExec.Live)
                        containers.runtime.recoverExec(
                                id + "e", containers.runDir(id).resolve("exec"));
        Containers.write(exec.handle().stdio().stdin(), "word\n");
        assertThat(Containers.join(exec.handle().exited()).code()).isEqualTo(8);
        assertThat(Containers.await(exec.handle().stdio().stdout(), "\n"))
                .isEqualTo("exec got word\n");
        exec.handle().release();
        exec.handle().close();
        // and new ones can be started in a recovered container
        assertThat(containers.exec(live.handle(), Specs.of("echo", "new").process()))
                .isEqualTo("new");
        live.handle().delete();
    }

    @Test
    void oneWhoseCreationWasNotFinishedIsCleanedUp() throws Exception {
        String id = containers.newId();
        crash("unfinished", id, "sleep", "100");
        assertThat(containers.runtime.recover(id, containers.runDir(id)))
                .isInstanceOf(Recovered.Lost.class);
        assertThat(Path.of("/sys/fs/cgroup/pids/carafe/" + id)).doesNotExist();
    }

    @Test
    void aKilledMonitorIsALossThatIsTold() throws Exception {
        String id = containers.newId();
        crash("start", id, "sleep", "100");
        Recovered.Live live =
                (Recovered.Live) containers.runtime.recover(id, containers.runDir(id));
        RunningContainer container = (RunningContainer) live.handle();
        container.monitor().kill();
        assertThat(container.exited())
                .failsWithin(Duration.ofSeconds(Containers.SECONDS))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("exit status is lost");
        container.close();
        assertThat(containers.runtime.recover(id, containers.runDir(id)))
                .isInstanceOf(Recovered.Lost.class);
    }

    @Test
    void nothingIsLost() {
        String id = containers.newId();
        assertThat(containers.runtime.recover(id, containers.runDir(id)))
                .isInstanceOf(Recovered.Lost.class);
    }

    @Test
    void theJournalPipeKeepsWhatWasTakenAndNotYetLogged() throws Exception {
        String id = containers.newId();
        crash("start", id, "sh", "-c", "echo one; read x");
        Recovered.Live first =
                (Recovered.Live) containers.runtime.recover(id, containers.runDir(id));
        Stdio stdio = first.handle().stdio();
        while (Pipes.splice(stdio.stdout(), stdio.outJournal().write(), 4096, true) <= 0) {
            Containers.pause();
        }
        first.handle().close();
        Recovered.Live second =
                (Recovered.Live) containers.runtime.recover(id, containers.runDir(id));
        assertThat(Containers.await(second.handle().stdio().outJournal().read(), "\n"))
                .isEqualTo("one\n");
        second.handle().delete();
    }

    private static Recovered.Ended ended(String id) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Containers.SECONDS);
        while (System.nanoTime() < deadline) {
            Recovered found = containers.runtime.recover(id, containers.runDir(id));
            if (found instanceof Recovered.Ended ended) {
                return ended;
            }
            ((Recovered.Live) found).handle().close();
            Containers.pause();
        }
        throw new AssertionError("the monitor does not go");
    }

    /// Has another JVM make the container, and kills that JVM.
    private static void crash(String what, String id, String... program) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CrashingDaemon.class.getName(),
                                what,
                                id,
                                containers.root.toString(),
                                containers.temp.dir("other").toString(),
                                containers.runDir(id).toString()));
        command.addAll(List.of(program));
        Process daemon =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(daemon.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("ready");
        } finally {
            daemon.destroyForcibly().waitFor();
        }
    }
}
