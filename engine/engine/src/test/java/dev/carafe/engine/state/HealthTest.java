package dev.carafe.engine.state;

import static dev.carafe.engine.state.Health.Status.HEALTHY;
import static dev.carafe.engine.state.Health.Status.STARTING;
import static dev.carafe.engine.state.Health.Status.UNHEALTHY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthTest {
    private static final Instant T = Instant.parse("2026-01-02T03:04:05Z");
    private static final ContainerState.Running RUNNING = new ContainerState.Running(7, 1, T);
    private static final ContainerState.Exited EXITED =
            new ContainerState.Exited(new ExitStatus.Code(0), T, T);

    private static Health.Result result(int code) {
        return new Health.Result(T, T, code, "said " + code);
    }

    private static Health after(Health health, int... codes) {
        for (int code : codes) {
            health = health.after(result(code), 3, false);
        }
        return health;
    }

    @Test
    void theFirstSuccessMakesItHealthy() {
        assertThat(after(Health.UNKNOWN, 0).status()).isEqualTo(HEALTHY);
    }

    @Test
    void asManyFailuresInARowAsRetriesMakeItUnhealthy() {
        assertThat(after(Health.UNKNOWN, 1, -1).status()).isEqualTo(STARTING);
        assertThat(after(Health.UNKNOWN, 1, -1, 2).status()).isEqualTo(UNHEALTHY);
        assertThat(after(Health.UNKNOWN, 0, 1, 1).status()).isEqualTo(HEALTHY);
        assertThat(after(Health.UNKNOWN, 0, 1, 1, 1, 1))
                .returns(UNHEALTHY, Health::status)
                .returns(4, Health::failingStreak);
    }

    @Test
    void aSuccessEndsTheStreak() {
        assertThat(after(Health.UNKNOWN, 1, 1, 1, 0))
                .returns(HEALTHY, Health::status)
                .returns(0, Health::failingStreak);
    }

    @Test
    void failuresInTheStartPeriodDoNotCountUntilItWasWell() {
        Health starting = Health.UNKNOWN;
        for (int i = 0; i < 9; i++) {
            starting = starting.after(result(1), 1, true);
        }
        assertThat(starting).returns(STARTING, Health::status).returns(0, Health::failingStreak);
        Health well = starting.after(result(0), 1, true);
        assertThat(well.after(result(1), 1, true).status()).isEqualTo(UNHEALTHY);
    }

    @Test
    void theLastFiveResultsAreKeptOldestFirst() {
        assertThat(after(Health.UNKNOWN, 1, 2, 3, 4, 5, 6, 7).log())
                .extracting(Health.Result::exitCode)
                .containsExactly(3, 4, 5, 6, 7);
    }

    @Test
    void aStartBeginsAnewAndKeepsTheLog() {
        Health old = after(Health.UNKNOWN, 1, 1, 1);
        assertThat(Health.onMove(old, EXITED, RUNNING, true))
                .isEqualTo(new Health(STARTING, 0, old.log()));
        assertThat(Health.onMove(null, new ContainerState.Created(), RUNNING, true))
                .isEqualTo(new Health(STARTING, 0, List.of()));
        assertThat(Health.onMove(null, new ContainerState.Created(), RUNNING, false)).isNull();
    }

    @Test
    void whatNobodyChecksIsUnhealthyAndGoesOnWhereItWas() {
        Health well = after(Health.UNKNOWN, 0);
        ContainerState paused = new ContainerState.Paused(RUNNING);
        Health frozen = Health.onMove(well, RUNNING, paused, true);
        assertThat(frozen).isEqualTo(new Health(UNHEALTHY, 0, well.log()));
        assertThat(Health.onMove(frozen, paused, RUNNING, true)).isEqualTo(frozen);
        assertThat(Health.onMove(well, RUNNING, EXITED, true).status()).isEqualTo(UNHEALTHY);
        assertThat(Health.onMove(null, RUNNING, EXITED, false)).isNull();
    }
}
