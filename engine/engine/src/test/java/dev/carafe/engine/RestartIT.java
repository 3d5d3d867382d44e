package dev.carafe.engine;

import static dev.carafe.engine.EngineFixture.noNetwork;
import static dev.carafe.engine.EngineFixture.sh;
import static dev.carafe.engine.EngineFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.Conflict;
import dev.carafe.base.NotFound;
import dev.carafe.base.NotModified;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.RestartPolicy;
import dev.carafe.engine.events.Event;
import dev.carafe.engine.events.EventQuery;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.state.ExitStatus;
import dev.carafe.engine.view.ContainerView;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Restart policies, and what stops them.
class RestartIT {
    private static EngineFixture box;

    @BeforeAll
    static void open() {
        box = EngineFixture.open();
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static HostConfig policy(String name, int retries) {
        return noNetwork().withRestartPolicy(new RestartPolicy(name, retries));
    }

    private static ContainerView view(String id) {
        return box.engine().inspectContainer().inspect(id);
    }

    private static ContainerState state(String id) {
        return view(id).state();
    }

    private static void remove(String id) {
        box.engine().removeContainer().remove(id, true, true);
    }

    /// A container that waits for its next start, which is most of a minute away.
    private static String waiting(String policy) {
        String id = box.start(sh("sleep 1000"), policy(policy, 0));
        box.reopenWith(id, "\"quickEnds\":0", "\"quickEnds\":9");
        ProcessHandle.of(state(id).process().pid()).orElseThrow().destroyForcibly();
        until("it waits", () -> state(id) instanceof ContainerState.Restarting);
        return id;
    }

    @Test
    void aContainerThatWaitsToBeRestartedRefusesWhatNeedsAProcess() {
        String id = waiting("always");
        assertThat(view(id).restartCount()).isEqualTo(1);
        assertThatThrownBy(() -> box.engine().pauseContainer().pause(id))
                .isInstanceOf(Conflict.class)
                .hasMessage(
                        "Container " + id + " is restarting, wait until the container is running");
        assertThatThrownBy(() -> box.engine().topContainer().top(id, "-ef"))
                .hasMessageContaining("is restarting, wait until the container is running");
        assertThatThrownBy(() -> box.engine().startContainer().start(id))
                .isInstanceOf(NotModified.class);
        assertThatThrownBy(() -> box.engine().removeContainer().remove(id, false, false))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining(
                        "container is restarting: stop the container before removing or force remove");
        remove(id);
        assertThatThrownBy(() -> view(id)).isInstanceOf(NotFound.class);
    }

    @Test
    void aStopDuringTheWaitCallsItOffAndTellsWhoWaits() throws Exception {
        String id = waiting("always");
        List<Event> seen = new CopyOnWriteArrayList<>();
        try (AutoCloseable events = box.engine().events().subscribe(EventQuery.live(), seen::add)) {
            Future<WaitContainer.Result> waiter =
                    box.engine().waitContainer().await(id, WaitContainer.Condition.NOT_RUNNING);
            box.engine().stopContainer().stop(id, 0, null);
            assertThat(EngineFixture.join(waiter).statusCode()).isEqualTo(137);
            assertThat(state(id)).isInstanceOf(ContainerState.Exited.class);
            until("stop", () -> seen.stream().anyMatch(e -> e.action().equals("stop")));
            assertThat(seen)
                    .filteredOn(e -> e.type().equals("container"))
                    .extracting(Event::action)
                    .containsExactly("stop");
        }
        remove(id);
    }

    @Test
    void aKillDuringTheWaitCallsItOff() {
        String id = waiting("unless-stopped");
        box.engine().killContainer().kill(id, "HUP");
        assertThat(state(id)).isInstanceOf(ContainerState.Restarting.class);
        box.engine().killContainer().kill(id, null);
        assertThat(state(id)).isInstanceOf(ContainerState.Exited.class);
        assertThatThrownBy(() -> box.engine().killContainer().kill(id, null))
                .isInstanceOf(Conflict.class)
                .hasMessage(
                        "cannot kill container: " + id + ": container " + id + " is not running");
        remove(id);
    }

    @Test
    void aRestartCountsAnewAndItsEventsComeInOrder() throws Exception {
        String id = box.start(sh("sleep 1000"), noNetwork());
        List<Event> seen = new CopyOnWriteArrayList<>();
        try (AutoCloseable events = box.engine().events().subscribe(EventQuery.live(), seen::add)) {
            box.engine().restartContainer().restart(id, 0, null);
            until("restart", () -> seen.stream().anyMatch(e -> e.action().equals("restart")));
            assertThat(seen)
                    .filteredOn(e -> e.type().equals("container"))
                    .extracting(Event::action)
                    .containsExactly("kill", "kill", "die", "stop", "start", "restart");
        }
        remove(id);
        String failing = waiting("on-failure");
        box.engine().restartContainer().restart(failing, 0, null);
        assertThat(state(failing)).isInstanceOf(ContainerState.Running.class);
        assertThat(view(failing).restartCount()).isZero();
        remove(failing);
    }

    @Test
    void oneThatRemovesItselfOutlivesARestartAndYieldsToARemoval() {
        String id = box.start(sh("sleep 1000"), noNetwork().withAutoRemove(true));
        box.engine().restartContainer().restart(id, 0, null);
        assertThat(state(id)).isInstanceOf(ContainerState.Running.class);
        Future<WaitContainer.Result> removed =
                box.engine().waitContainer().await(id, WaitContainer.Condition.REMOVED);
        remove(id);
        assertThat(EngineFixture.join(removed).statusCode()).isEqualTo(137);
        assertThatThrownBy(() -> view(id)).isInstanceOf(NotFound.class);
    }

    @Test
    void manyThatRemoveThemselvesCanBeRemovedByForce() {
        for (int i = 0; i < 20; i++) {
            remove(box.start(sh("sleep 1000"), noNetwork().withAutoRemove(true)));
        }
    }

    @Test
    void aFrozenContainerIsThawedByAStop() {
        String id =
                box.start(
                        sh("trap 'exit 9' TERM; echo up; while :; do usleep 20000; done"),
                        noNetwork());
        until("it is up", () -> !box.logs(id).isEmpty());
        box.engine().pauseContainer().pause(id);
        box.engine().stopContainer().stop(id, 30, null);
        assertThat(box.await(id)).isEqualTo(9);
        remove(id);
    }

    @Test
    void afterARebootThePolicySaysWhatRuns() {
        String always = box.start(sh("sleep 1000"), policy("always", 0));
        String stopped = box.start(sh("sleep 1000"), policy("always", 0));
        box.engine().stopContainer().stop(stopped, 0, null);
        String unless = box.start(sh("sleep 1000"), policy("unless-stopped", 0));
        String left = box.start(sh("sleep 1000"), policy("unless-stopped", 0));
        box.engine().stopContainer().stop(left, 0, null);
        String failure = box.start(sh("sleep 1000"), policy("on-failure", 2));
        String none = box.start(sh("sleep 1000"), noNetwork());
        String created = box.create(sh("sleep 1000"), policy("always", 0));
        box.reboot(List.of(always, unless, failure, none));
        for (String id : List.of(always, stopped, unless, failure)) {
            until("it runs: " + id, () -> state(id) instanceof ContainerState.Running);
        }
        assertThat(state(left).word()).isEqualTo("exited");
        assertThat(state(none).lastExit().status()).isInstanceOf(ExitStatus.Lost.class);
        assertThat(state(none).lastExit().status().shellCode()).isEqualTo(255);
        assertThat(state(created).word()).isEqualTo("created");
        List.of(always, stopped, unless, left, failure, none, created).forEach(RestartIT::remove);
    }
}
