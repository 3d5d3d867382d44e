package dev.carafe.engine;

import static dev.carafe.engine.EngineFixture.noNetwork;
import static dev.carafe.engine.EngineFixture.sh;
import static dev.carafe.engine.EngineFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.ExecConfig;
import dev.carafe.engine.config.Healthcheck;
import dev.carafe.engine.events.Event;
import dev.carafe.engine.events.EventQuery;
import dev.carafe.engine.state.Health;
import dev.carafe.engine.state.Health.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Health checks in real containers.
class HealthIT {
    private static final long MILLI = 1_000_000L;
    private static final long HOUR = 3_600_000 * MILLI;
    private static EngineFixture box;

    @BeforeAll
    static void open() {
        box = EngineFixture.open();
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static ContainerConfig checked(Healthcheck check) {
        return sh("sleep 1000").withHealthcheck(check);
    }

    private static Healthcheck every(long intervalNanos, int retries, String line) {
        return new Healthcheck(
                List.of("CMD-SHELL", line), intervalNanos, 30_000 * MILLI, null, null, retries);
    }

    private static Health health(String id) {
        return box.engine().inspectContainer().inspect(id).health();
    }

    private static void becomes(String id, Status status) {
        until(id + " is " + status, () -> health(id).status() == status);
    }

    private static void remove(String id) {
        box.engine().removeContainer().remove(id, true, true);
    }

    @Test
    void itIsHealthyWhenTheCheckSucceedsAndUnhealthyWhenItFailsAgainAndAgain() throws Exception {
        List<Event> seen = new CopyOnWriteArrayList<>();
        try (AutoCloseable events = box.engine().events().subscribe(EventQuery.live(), seen::add)) {
            String id =
                    box.start(
                            checked(every(50 * MILLI, 2, "echo out; echo err >&2; test ! -e /bad")),
                            noNetwork());
            becomes(id, Status.HEALTHY);
            Health.Result result = health(id).log().getFirst();
            assertThat(result.output()).contains("out\n", "err\n");
            assertThat(result.exitCode()).isZero();
            assertThat(result.end()).isAfterOrEqualTo(result.start());
            assertThat(ids("healthy")).containsExactly(id);
            box.exec(id, ExecConfig.of(List.of("touch", "/bad"))).join();
            becomes(id, Status.UNHEALTHY);
            assertThat(health(id).failingStreak()).isGreaterThanOrEqualTo(2);
            assertThat(ids("unhealthy")).containsExactly(id);
            until("five are kept", () -> health(id).log().size() == 5);
            remove(id);
            List<String> actions =
                    seen.stream().filter(e -> e.actorId().equals(id)).map(Event::action).toList();
            assertThat(actions)
                    .containsSubsequence(
                            "start", "health_status: healthy", "health_status: unhealthy")
                    .anyMatch(a -> a.startsWith("exec_create: /bin/sh -c echo out;"))
                    .anyMatch(a -> a.startsWith("exec_start: /bin/sh -c echo out;"))
                    .contains("exec_die");
        }
    }

    private static List<String> ids(String health) {
        return box
                .engine()
                .listContainers()
                .list(new ListContainers.Query(true, 0, false, Map.of("health", Set.of(health))))
                .stream()
                .map(c -> c.container().id())
                .toList();
    }

    @Test
    void aCheckThatTakesTooLongIsKilledAndHasFailed() {
        Healthcheck slow =
                new Healthcheck(
                        List.of("CMD-SHELL", "echo waiting; exec sleep 1000"),
                        50 * MILLI,
                        300 * MILLI,
                        null,
                        null,
                        1);
        String id = box.start(checked(slow), noNetwork());
        becomes(id, Status.UNHEALTHY);
        Health.Result result = health(id).log().getFirst();
        assertThat(result.exitCode()).isEqualTo(-1);
        assertThat(result.output()).startsWith("Health check exceeded timeout (300ms)");
        until("five were killed", () -> health(id).log().size() == 5);
        box.engine().pauseContainer().pause(id);
        assertThat(box.engine().topContainer().top(id, "-ef").rows())
                .filteredOn(row -> String.join(" ", row).contains("sleep 1000"))
                .hasSizeLessThanOrEqualTo(3);
        box.engine().pauseContainer().unpause(id);
        remove(id);
    }

    @Test
    void aCheckThatCannotBeRunHasFailed() {
        Healthcheck none =
                new Healthcheck(List.of("CMD", "no-such-check"), 50 * MILLI, null, null, null, 1);
        String id = box.start(checked(none), noNetwork());
        becomes(id, Status.UNHEALTHY);
        assertThat(health(id).log().getFirst())
                .returns(-1, Health.Result::exitCode)
                .extracting(Health.Result::output)
                .asString()
                .contains("executable file not found");
        remove(id);
    }

    @Test
    void noneAndNoTestMeanNoCheck() {
        Healthcheck none = new Healthcheck(List.of("NONE"), 50 * MILLI, null, null, null, null);
        String id = box.start(checked(none), noNetwork());
        assertThat(health(id)).isNull();
        assertThat(ids("none")).contains(id);
        remove(id);
    }

    @Test
    void whileFrozenNobodyChecksAndAStopLeavesItUnhealthy() {
        String id = box.start(checked(every(50 * MILLI, 1, "true")), noNetwork());
        becomes(id, Status.HEALTHY);
        box.engine().pauseContainer().pause(id);
        assertThat(health(id).status()).isEqualTo(Status.UNHEALTHY);
        box.engine().pauseContainer().unpause(id);
        becomes(id, Status.HEALTHY);
        box.engine().stopContainer().stop(id, 0, null);
        assertThat(health(id).status()).isEqualTo(Status.UNHEALTHY);
        assertThat(health(id).log()).isNotEmpty();
        box.engine().startContainer().start(id);
        becomes(id, Status.HEALTHY);
        remove(id);
    }

    @Test
    void anotherEngineGoesOnWithTheChecksAndTheirResults() {
        String rare = box.start(checked(every(HOUR, 1, "true")), noNetwork());
        String often = box.start(checked(every(50 * MILLI, 1, "cat /word")), noNetwork());
        becomes(often, Status.UNHEALTHY);
        box.exec(often, ExecConfig.of(List.of("sh", "-c", "echo word > /word"))).join();
        becomes(often, Status.HEALTHY);
        box.reopen();
        assertThat(health(rare)).isEqualTo(Health.UNKNOWN);
        assertThat(health(often).status()).isEqualTo(Status.HEALTHY);
        assertThat(health(often).log()).isNotEmpty();
        box.exec(often, ExecConfig.of(List.of("sh", "-c", "busybox rm /word"))).join();
        becomes(often, Status.UNHEALTHY);
        remove(often);
        remove(rare);
    }
}
