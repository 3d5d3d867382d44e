package dev.carafe.engine;

import static dev.carafe.engine.EngineFixture.noNetwork;
import static dev.carafe.engine.EngineFixture.sh;
import static dev.carafe.engine.EngineFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.Conflict;
import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.ResourceConfig;
import dev.carafe.engine.config.RestartPolicy;
import dev.carafe.engine.events.Event;
import dev.carafe.engine.events.EventQuery;
import dev.carafe.engine.view.ContainerView;
import dev.carafe.linux.cgroup.CgroupManager;
import dev.carafe.linux.cgroup.CgroupStats;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Limits that change, and memory that runs out.
class UpdateIT {
    private static final long MIB = 1 << 20;
    private static EngineFixture box;

    @BeforeAll
    static void open() {
        box = EngineFixture.open();
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static HostConfig limits(long memoryBytes, Long pids) {
        return noNetwork().withResources(ResourceConfig.limits(memoryBytes, 0, pids));
    }

    private static long memory(String id) {
        return stats(id).memory().limit();
    }

    private static CgroupStats stats(String id) {
        return CgroupManager.detect().find(box.mark() + "/" + id).orElseThrow().stats();
    }

    private static ContainerView view(String id) {
        return box.engine().inspectContainer().inspect(id);
    }

    @Test
    void runningAndStoppedContainersTakeNewLimitsAndKeepThem() {
        String id = box.start(sh("sleep 1000"), limits(64 * MIB, 50L));
        assertThat(memory(id)).isEqualTo(64 * MIB);
        box.engine().updateContainer().update(id, ResourceConfig.limits(32 * MIB, 0, 7L), null);
        assertThat(memory(id)).isEqualTo(32 * MIB);
        assertThat(view(id).hostConfig().resources().pidsLimit()).isEqualTo(7);
        box.reopen();
        assertThat(view(id).hostConfig().resources().memoryBytes()).isEqualTo(32 * MIB);
        box.engine().stopContainer().stop(id, 0, null);
        box.engine()
                .updateContainer()
                .update(
                        id,
                        ResourceConfig.limits(48 * MIB, 0, null),
                        new RestartPolicy("on-failure", 3));
        assertThat(view(id).hostConfig().restartPolicy())
                .isEqualTo(new RestartPolicy("on-failure", 3));
        box.engine().startContainer().start(id);
        assertThat(memory(id)).isEqualTo(48 * MIB);
        box.engine().removeContainer().remove(id, true, false);
    }

    @Test
    void whatCannotBeIsRefusedAndChangesNothing() {
        String id = box.start(sh("sleep 1000"), limits(64 * MIB, null).withAutoRemove(true));
        UpdateContainer update = box.engine().updateContainer();
        assertThatThrownBy(() -> update.update(id, ResourceConfig.limits(1, 0, null), null))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("Minimum memory limit allowed is 6MB");
        assertThatThrownBy(
                        () -> update.update(id, ResourceConfig.limits(1024 * MIB, 0, null), null))
                .isInstanceOf(Conflict.class)
                .hasMessageStartingWith("Cannot update container " + id + ": Memory limit should");
        assertThatThrownBy(() ->
                        update.update(
                                id, ResourceConfig.unlimited(), new RestartPolicy("always", 0)))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("because AutoRemove is enabled for the container");
        assertThat(memory(id)).isEqualTo(64 * MIB);
        assertThat(view(id).hostConfig().restartPolicy().isNone()).isTrue();
        box.engine().removeContainer().remove(id, true, false);
    }

    @Test
    void whoRunsOutOfMemoryIsKilledAndItShows() throws Exception {
        List<Event> seen = new CopyOnWriteArrayList<>();
        try (AutoCloseable events = box.engine().events().subscribe(EventQuery.live(), seen::add)) {
            String id = box.start(sh("tail /dev/zero"), limits(16 * MIB, null));
            assertThat(box.await(id)).isEqualTo(137);
            assertThat(view(id).oomKilled()).isTrue();
            until("die", () -> seen.stream().anyMatch(e -> e.action().equals("die")));
            assertThat(seen)
                    .filteredOn(e -> e.type().equals("container"))
                    .extracting(Event::action)
                    .containsSubsequence("start", "oom", "die");
            box.engine().removeContainer().remove(id, true, false);
        }
    }

    @Test
    void aChildThatIsKilledForMemoryShowsWhileTheContainerRuns() {
        String id =
                box.start(
                        sh("echo up; read word; tail /dev/zero; echo survived; sleep 1000")
                                .withStdin(false),
                        limits(16 * MIB, null));
        EngineFixture.Collected client = box.attach(id, true);
        until("it is up", () -> !box.logs(id).isEmpty());
        assertThat(view(id).oomKilled()).isFalse();
        client.type("go\n");
        until("it is told", () -> view(id).oomKilled());
        assertThat(view(id).state().isRunning()).isTrue();
        box.engine().restartContainer().restart(id, 0, null);
        assertThat(view(id).oomKilled()).isFalse();
        box.engine().removeContainer().remove(id, true, false);
    }
}
