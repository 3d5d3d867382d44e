package dev.carafe.engine.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.NetworkingConfig;
import dev.carafe.engine.config.RestartPolicy;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.state.ExitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartRulesTest {
    private static final Instant T = Instant.parse("2026-01-02T03:04:05Z");
    private static final ContainerState ENDED =
            new ContainerState.Exited(new ExitStatus.Code(1), T, T);

    private static ContainerRecord record(
            String policy, int retries, int restarts, boolean stopped, ContainerState state) {
        return new ContainerRecord(
                ContainerRecord.VERSION,
                "c0ffee",
                "box",
                T,
                "sha256:1",
                0,
                "linux",
                ContainerConfig.of("busybox", List.of("true")),
                HostConfig.defaults().withRestartPolicy(new RestartPolicy(policy, retries)),
                NetworkingConfig.none(),
                "c0ffee",
                List.of(),
                StoredState.of(state),
                restarts,
                stopped,
                null,
                0,
                null,
                false);
    }

    @ParameterizedTest
    @CsvSource({
        "no, 0, 0, 1, false, false",
        "always, 0, 7, 0, false, true",
        "always, 0, 7, 0, true, false",
        "unless-stopped, 0, 7, 0, false, true",
        "unless-stopped, 0, 7, 0, true, false",
        "on-failure, 0, 99, 1, false, true",
        "on-failure, 0, 0, 0, false, false",
        "on-failure, 3, 2, 1, false, true",
        "on-failure, 3, 3, 1, false, false",
        "on-failure, 3, 0, 1, true, false",
    })
    void thePolicyDecidesAfterAnEnd(
            String policy, int retries, int restarts, int code, boolean stopped, boolean again) {
        ContainerRecord record = record(policy, retries, restarts, stopped, ENDED);
        assertThat(RestartRules.restarts(record, new ExitStatus.Code(code))).isEqualTo(again);
    }

    @ParameterizedTest
    @CsvSource({
        "no, false, false",
        "always, false, true",
        "always, true, true",
        "unless-stopped, false, true",
        "unless-stopped, true, false",
        "on-failure, false, false",
    })
    void thePolicyDecidesWhenTheDaemonStarts(String policy, boolean stopped, boolean starts) {
        assertThat(RestartRules.startsWithDaemon(record(policy, 0, 0, stopped, ENDED)))
                .isEqualTo(starts);
    }

    @Test
    void whatNeverRanIsNotStartedWithTheDaemon() {
        assertThat(
                        RestartRules.startsWithDaemon(
                                record("always", 0, 0, false, new ContainerState.Created())))
                .isFalse();
        ContainerState failed =
                new ContainerState.Exited(new ExitStatus.NeverStarted(127, "no"), null, T);
        assertThat(RestartRules.startsWithDaemon(record("always", 0, 0, false, failed))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 100", "1, 200", "2, 400", "9, 51200", "10, 60000", "400, 60000"})
    void theWaitDoublesToAMinute(int quickEnds, long millis) {
        assertThat(RestartRules.delay(quickEnds)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void tenSecondsAreALongRun() {
        assertThat(RestartRules.wasLong(Duration.ofSeconds(10))).isTrue();
        assertThat(RestartRules.wasLong(Duration.ofMillis(9_999))).isFalse();
    }

    @Test
    void aStartUnderWayRemembersWhatWasBefore() {
        ContainerState running = new ContainerState.Running(0, 0, T);
        ContainerRecord starting = record("no", 0, 0, false, ENDED).starting(running);
        assertThat(starting.state()).isEqualTo(running);
        assertThat(starting.notStarted().state()).isEqualTo(ENDED);
        assertThat(starting.with(running).startingFrom()).isNull();
        assertThat(record("no", 0, 0, false, ENDED).notStarted().state()).isEqualTo(ENDED);
    }
}
