package dev.carafe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.Conflict;
import dev.carafe.base.NotFound;
import dev.carafe.engine.EngineFixture.Collected;
import dev.carafe.engine.config.ExecConfig;
import dev.carafe.engine.logs.StreamKind;
import dev.carafe.engine.view.ExecView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Further processes in a running container.
class ExecIT {
    private static EngineFixture box;
    private static String id;

    @BeforeAll
    static void open() {
        box = EngineFixture.open();
        id = box.start("while :; do sleep 100; done");
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static ExecConfig sh(String script) {
        return ExecConfig.of(List.of("sh", "-c", script));
    }

    @Test
    void itRunsInsideWithItsOwnStreamsAndCode() {
        String exec = box.engine().createExec().create(id, sh("hostname; echo oops >&2; exit 6"));
        assertThat(box.engine().inspectExec().inspect(exec).running()).isFalse();
        assertThat(box.engine().inspectExec().inspect(exec).exitCode()).isNull();
        Collected client = box.startExec(exec);
        client.join();
        assertThat(client.out()).isEqualTo(id.substring(0, 12) + "\n");
        assertThat(client.text(StreamKind.STDERR)).isEqualTo("oops\n");
        ExecView view = box.engine().inspectExec().inspect(exec);
        assertThat(view.exitCode()).isEqualTo(6);
        assertThat(view.running()).isFalse();
        assertThat(box.logs(id)).isEmpty();
    }

    @Test
    void stdinEndsWithTheHalfClose() {
        Collected client = box.exec(id, ExecConfig.of(List.of("cat")).withStdin());
        client.type("some text");
        client.session().closeStdin();
        client.join();
        assertThat(client.out()).isEqualTo("some text");
    }

    @Test
    void aTerminalTakesTyping() {
        Collected client = box.exec(id, sh("tty; read x; echo got $x").withTty(true).withStdin());
        client.type("it\n");
        client.join();
        assertThat(client.out()).contains("/dev/pts/", "got it\r\n");
    }

    @Test
    void userEnvironmentAndFolderAreItsOwn() {
        ExecConfig config =
                new ExecConfig(
                        List.of(
                                "sh",
                                "-c",
                                "id -u; echo $A $FROM; pwd; grep CapEff /proc/self/status"),
                        List.of("A=b"),
                        "www",
                        "/tmp",
                        false,
                        false,
                        true,
                        true,
                        false,
                        null,
                        null);
        Collected client = box.exec(id, config);
        client.join();
        assertThat(client.out()).isEqualTo("33\nb image\n/tmp\nCapEff:\t0000000000000000\n");
    }

    @Test
    void whatCannotBeExecutedIsToldInTheStream() {
        String exec = box.engine().createExec().create(id, ExecConfig.of(List.of("nope")));
        Collected client = box.startExec(exec);
        client.join();
        assertThat(client.out()).contains("executable file not found in $PATH");
        assertThat(box.engine().inspectExec().inspect(exec).exitCode()).isEqualTo(127);
    }

    @Test
    void aDetachedOneEndsByItself() {
        String exec = box.engine().createExec().create(id, sh("exit 9"));
        box.engine().startExec().detached(exec, null);
        EngineFixture.until(
                "exit",
                () ->
                        Integer.valueOf(9)
                                .equals(box.engine().inspectExec().inspect(exec).exitCode()));
        assertThatThrownBy(() -> box.engine().startExec().detached(exec, null))
                .isInstanceOf(Conflict.class)
                .hasMessage("exec command " + exec + " has already run");
        Collected client = box.startExec(exec);
        client.join();
        assertThat(client.out()).isEqualTo("exec command " + exec + " has already run\r\n");
    }

    @Test
    void unknownOnesAndStoppedContainersAreRefused() {
        assertThatThrownBy(() -> box.engine().inspectExec().inspect("abc"))
                .isInstanceOf(NotFound.class)
                .hasMessage("No such exec instance: abc");
        String stopped = box.create(EngineFixture.sh("true"));
        assertThatThrownBy(() -> box.engine().createExec().create(stopped, sh("true")))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("is not running");
    }

    @Test
    void manyRunAtOnce() throws Exception {
        List<Collected> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(box.exec(id, sh("echo " + i)));
        }
        for (int i = 0; i < 20; i++) {
            clients.get(i).join();
            assertThat(clients.get(i).out()).isEqualTo(i + "\n");
        }
    }
}
