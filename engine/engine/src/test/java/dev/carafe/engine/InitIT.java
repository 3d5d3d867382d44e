package dev.carafe.engine;

import static dev.carafe.engine.EngineFixture.noNetwork;
import static dev.carafe.engine.EngineFixture.sh;
import static dev.carafe.engine.EngineFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.engine.EngineFixture.Collected;
import dev.carafe.engine.EngineFixture.Output;
import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.ExecConfig;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.SecurityConfig;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// docker-init as first process of real containers.
class InitIT {
    private static final HostConfig INIT = noNetwork().withInit(true);
    private static EngineFixture box;

    @BeforeAll
    static void open() {
        box = EngineFixture.open();
    }

    @AfterAll
    static void close() {
        box.close();
    }

    @Test
    void theProgramsStreamsAndCodeAreTheContainers() {
        assertThat(box.run(sh("echo hi; echo oops >&2; exit 7"), INIT))
                .isEqualTo(new Output("hi\n", "oops\n", 7));
        assertThat(box.run(sh("kill -USR1 $$"), INIT).code()).isEqualTo(128 + 10);
        assertThat(box.run(sh("cat /proc/1/comm"), INIT).stdout()).isEqualTo("docker-init\n");
    }

    @Test
    void whatCannotBeExecutedIsToldByInit() {
        Output nothing = box.run(ContainerConfig.of(EngineFixture.IMAGE, List.of("nope")), INIT);
        assertThat(nothing.code()).isEqualTo(127);
        assertThat(nothing.stderr()).contains("exec nope failed: No such file or directory");
        assertThat(
                        box.run(
                                        ContainerConfig.of(
                                                EngineFixture.IMAGE, List.of("/bin/notexec")),
                                        INIT)
                                .code())
                .isEqualTo(126);
    }

    @Test
    void aReadOnlyRootAndATerminalDoNotHinderIt() {
        HostConfig readOnly = INIT.withSecurity(SecurityConfig.readOnly());
        assertThat(box.run(sh("touch /x || echo no"), readOnly).stdout()).isEqualTo("no\n");
        assertThat(box.run(sh("tty; ps -o pid,pgid,comm").withTty(true), INIT).stdout())
                .startsWith("/dev/pts/0")
                .contains("docker-init");
    }

    @Test
    void orphansAreReapedAndSignalsArePassedOn() {
        String id =
                box.start(
                        sh("trap 'echo got; exit 3' TERM; echo up; while :; do usleep 50000; done"),
                        INIT);
        until("it is up", () -> box.logs(id).contains("up\n"));
        Collected orphan =
                box.exec(id, ExecConfig.of(List.of("sh", "-c", "(usleep 1000 & usleep 1000 &) &")));
        orphan.join();
        until(
                "no zombie is left",
                () ->
                        box.engine().topContainer().top(id, "-eo pid,stat,comm").rows().stream()
                                .noneMatch(row -> row.get(1).startsWith("Z")));
        box.engine().stopContainer().stop(id, 30, null);
        assertThat(box.await(id)).isEqualTo(3);
        assertThat(box.logs(id)).contains("got\n");
    }
}
