package dev.carafe.dockerapi.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.dockermodel.DockerJson;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.state.ContainerState.Created;
import dev.carafe.engine.state.ContainerState.Dead;
import dev.carafe.engine.state.ContainerState.Exited;
import dev.carafe.engine.state.ContainerState.Paused;
import dev.carafe.engine.state.ContainerState.Removing;
import dev.carafe.engine.state.ContainerState.Restarting;
import dev.carafe.engine.state.ContainerState.Running;
import dev.carafe.engine.state.ExitStatus;
import dev.carafe.testkit.GoldenFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateWireTest {
    private static final Instant T = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void everyStateHasDockersBooleansAndWords() {
        Running running = new Running(7, 1, T);
        Exited exited = new Exited(new ExitStatus.Code(3), T, T.plusSeconds(10));
        List<ContainerState> states =
                List.of(
                        new Created(),
                        running,
                        new Paused(running),
                        new Restarting(exited, 1, T.plusSeconds(20)),
                        exited,
                        new Exited(new ExitStatus.Signal(9, true), T, T.plusSeconds(10)),
                        new Exited(
                                new ExitStatus.NeverStarted(127, "no such file"),
                                null,
                                T.plusSeconds(10)),
                        new Exited(new ExitStatus.Lost("monitor gone"), T, T.plusSeconds(10)),
                        new Removing(exited),
                        new Dead("busy", exited));
        StringBuilder out = new StringBuilder();
        for (ContainerState s : states) {
            out.append(s)
                    .append('\n')
                    .append("  ")
                    .append(StateWire.words(s, null, T.plus(Duration.ofMinutes(2))))
                    .append('\n')
                    .append("  ")
                    .append(new DockerJson().text(StateWire.inspect(s, null, false)))
                    .append("\n\n");
        }
        GoldenFile.assertMatches("states.txt", out.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "0, Less than a second",
        "1, 1 second",
        "2, 2 seconds",
        "59, 59 seconds",
        "60, About a minute",
        "119, About a minute",
        "120, 2 minutes",
        "3540, 59 minutes",
        "3600, About an hour",
        "5399, About an hour",
        "5400, 2 hours",
        "169200, 47 hours",
        "172800, 2 days",
        "1123200, 13 days",
        "1209600, 2 weeks",
        "5184000, 2 months",
        "63072000, 2 years"
    })
    void spansAreInDockersWords(long seconds, String words) {
        assertThat(Times.words(Duration.ofSeconds(seconds))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z, 2026-01-02T03:04:05.000000000Z",
        "2026-01-02T03:04:05.12Z, 2026-01-02T03:04:05.12Z, 2026-01-02T03:04:05.120000000Z",
        "2026-01-02T03:04:05.000000001Z, 2026-01-02T03:04:05.000000001Z, 2026-01-02T03:04:05.000000001Z"
    })
    void timesAreGos(Instant time, String nano, String fixed) {
        assertThat(Times.nano(time)).isEqualTo(nano);
        assertThat(Times.fixed(time)).isEqualTo(fixed);
    }

    @ParameterizedTest
    @CsvSource({
        "1136073600, 2006-01-01T00:00:00Z",
        "1136073600.000000001, 2006-01-01T00:00:00.000000001Z",
        "1136073600.5, 2006-01-01T00:00:00.5Z",
        "2006-01-01T01:00:00+01:00, 2006-01-01T00:00:00Z"
    })
    void momentsAreReadExactly(String text, Instant time) {
        assertThat(Times.parse(text)).isEqualTo(time);
    }
}
