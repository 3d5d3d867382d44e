package dev.carafe.engine;

import static dev.carafe.engine.EngineFixture.noNetwork;
import static dev.carafe.engine.EngineFixture.sh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.NotFound;
import dev.carafe.engine.EngineFixture.Collected;
import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.ExecConfig;
import dev.carafe.engine.state.ContainerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An engine goes and another comes on the same roots; containers do not notice.
class RecoveryIT {
    private EngineFixture box;

    @BeforeEach
    void open() {
        box = EngineFixture.open();
    }

    @AfterEach
    void close() {
        box.close();
    }

    private static List<String> numbers(int last) {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= last; i++) {
            lines.add(i + "\n");
        }
        return lines;
    }

    @Test
    void aRunningContainerGoesOnWithEveryLineOnceAndItsCode() {
        String id = box.start("for i in $(seq 1 2000); do echo $i; usleep 300; done; exit 7");
        for (int i = 0; i < 5; i++) {
            int before = box.logs(id).size();
            EngineFixture.until("more lines", () -> box.logs(id).size() > before + 20);
            box.reopen();
            assertThat(box.engine().inspectContainer().inspect(id).state())
                    .isInstanceOfAny(ContainerState.Running.class, ContainerState.Exited.class);
        }
        assertThat(box.await(id)).isEqualTo(7);
        assertThat(box.logs(id)).isEqualTo(numbers(2000));
    }

    @Test
    void aContainerOfAnEarlierVersionGoesOnAndIsRemovedForGood() {
        String id = box.start("sleep 0.3; exit 5");
        box.reopenWithOldRecord(id);
        assertThat(box.await(id)).isEqualTo(5);
        box.reopen();
        assertThat(box.engine().inspectContainer().inspect(id).state())
                .isInstanceOf(ContainerState.Exited.class);
        box.engine().removeContainer().remove(id, false, false);
        box.reopen();
        assertThatThrownBy(() -> box.engine().inspectContainer().inspect(id))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void fullSpeedOutputIsLoggedOnceOverRestarts() {
        String id = box.start("seq 1 300000; exit 3");
        for (int i = 0; i < 4; i++) {
            box.reopen();
        }
        assertThat(box.await(id)).isEqualTo(3);
        assertSame(box.logs(id), numbers(300_000));
    }

    /// Without printing both of two long lists.
    private static void assertSame(List<String> lines, List<String> expected) {
        int i = 0;
        while (i < Math.min(lines.size(), expected.size())
                && lines.get(i).equals(expected.get(i))) {
            i++;
        }
        assertThat(lines.subList(i, Math.min(i + 5, lines.size())))
                .as("from line %d of %d", i, lines.size())
                .isEqualTo(expected.subList(i, Math.min(i + 5, expected.size())));
    }

    @Test
    void aTerminalsOutputIsLoggedOnceToo() {
        String id =
                box.start(
                        sh("for i in $(seq 1 500); do echo $i; usleep 300; done").withTty(true),
                        noNetwork());
        for (int i = 0; i < 3; i++) {
            int before = box.logs(id).size();
            EngineFixture.until("more lines", () -> box.logs(id).size() > before + 10);
            box.reopen();
        }
        assertThat(box.await(id)).isZero();
        assertThat(String.join("", box.logs(id)))
                .isEqualTo(String.join("", numbers(500)).replace("\n", "\r\n"));
    }

    @Test
    void anUnfinishedLineSurvives() {
        String id = box.start("printf abc; while ! test -e /go; do usleep 10000; done; echo def");
        EngineFixture.until(
                "running", () -> box.engine().inspectContainer().inspect(id).state().isRunning());
        box.reopen();
        box.exec(id, ExecConfig.of(List.of("touch", "/go"))).join();
        box.await(id);
        assertThat(box.logs(id)).containsExactly("abcdef\n");
    }

    @Test
    void anExitWhileNobodyWatchesIsKnownExactly() throws Exception {
        String id = box.start("echo begin; usleep 300000; echo end; exit 5");
        int pid = box.engine().inspectContainer().inspect(id).state().process().pid();
        box.engine().close();
        EngineFixture.until(
                "its process ended",
                () -> {
                    var stat = Path.of("/proc/" + pid + "/cmdline");
                    try {
                        return Files.readAllBytes(stat).length == 0;
                    } catch (IOException e) {
                        return true;
                    }
                });
        box.reopen();
        assertThat(box.await(id)).isEqualTo(5);
        assertThat(box.logs(id)).containsExactly("begin\n", "end\n");
        assertThat(box.engine().inspectContainer().inspect(id).state())
                .isInstanceOf(ContainerState.Exited.class);
    }

    @Test
    void createdAndEndedContainersAreThereAgain() {
        String created = box.create("waiting", sh("echo later"), noNetwork());
        String ended = box.start("exit 9");
        box.await(ended);
        box.reopen();
        assertThat(box.engine().inspectContainer().inspect("waiting").id()).isEqualTo(created);
        assertThat(box.await(ended)).isEqualTo(9);
        box.engine().startContainer().start("waiting");
        box.await("waiting");
        assertThat(box.logs("waiting")).containsExactly("later\n");
    }

    @Test
    void aRemovalThatWasBrokenOffIsCompleted() {
        String id = box.create("gone", sh("true"), noNetwork());
        box.reopenHalfRemoved(id);
        assertThatThrownBy(() -> box.engine().inspectContainer().inspect(id))
                .isInstanceOf(NotFound.class);
        assertThat(box.containerFolder(id)).doesNotExist();
        assertThat(box.create("gone", sh("true"), noNetwork())).isNotEqualTo(id);
    }

    @Test
    void aRecoveredContainerTakesEveryVerb() {
        String id =
                box.start(
                        ContainerConfig.of(EngineFixture.IMAGE, List.of("cat")).withStdin(true),
                        noNetwork());
        box.reopen();
        Collected exec = box.exec(id, ExecConfig.of(List.of("echo", "inside")));
        exec.join();
        assertThat(exec.out()).isEqualTo("inside\n");
        box.engine().pauseContainer().pause(id);
        box.reopen();
        assertThat(box.engine().inspectContainer().inspect(id).state().word()).isEqualTo("paused");
        box.engine().pauseContainer().unpause(id);
        Collected client = box.attach(id, true);
        client.type("over\n");
        client.session().closeStdin();
        client.join();
        assertThat(client.out()).isEqualTo("over\n");
        assertThat(box.await(id)).isZero();
    }

    @Test
    void killedAndRemovedAfterRecovery() {
        String id = box.start("sleep 100");
        box.reopen();
        box.engine().killContainer().kill(id, "USR1");
        box.engine().killContainer().kill(id, null);
        assertThat(box.await(id)).isIn(137, 138);
        box.engine().removeContainer().remove(id, false, false);
    }

    @Test
    void anAutoRemovedContainerThatEndedMeanwhileIsRemoved() {
        String id = box.start(sh("usleep 200000"), noNetwork().withAutoRemove(true));
        box.reopen();
        EngineFixture.until(
                "it is gone",
                () ->
                        box
                                .engine()
                                .listContainers()
                                .list(new ListContainers.Query(true, 0, false, Map.of()))
                                .stream()
                                .noneMatch(c -> c.container().id().equals(id)));
    }
}
