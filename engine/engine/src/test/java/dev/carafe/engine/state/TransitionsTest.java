package dev.carafe.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.engine.state.ContainerState.Created;
import dev.carafe.engine.state.ContainerState.Dead;
import dev.carafe.engine.state.ContainerState.Exited;
import dev.carafe.engine.state.ContainerState.Paused;
import dev.carafe.engine.state.ContainerState.Removing;
import dev.carafe.engine.state.ContainerState.Restarting;
import dev.carafe.engine.state.ContainerState.Running;
import dev.carafe.testkit.GoldenFile;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionsTest {
    private static final Instant T0 = Instant.ofEpochSecond(1000);
    private static final Instant T1 = Instant.ofEpochSecond(2000);
    private static final Running RUNNING = new Running(10, 20, T0);
    private static final Exited EXITED = new Exited(new ExitStatus.Code(3), T0, T1);
    private static final List<ContainerState> STATES =
            List.of(
                    new Created(),
                    RUNNING,
                    new Paused(RUNNING),
                    new Restarting(EXITED, 1, T1),
                    EXITED,
                    new Removing(EXITED),
                    new Dead("busy", EXITED));
    private static final List<LifeEvent> EVENTS =
            List.of(
                    new LifeEvent.Started(11, 21, T1),
                    new LifeEvent.StartFailed(new ExitStatus.NeverStarted(127, "nope"), T1),
                    new LifeEvent.Ended(new ExitStatus.Code(0), T1),
                    new LifeEvent.EndedToRestart(new ExitStatus.Code(1), T1, 2, T1.plusSeconds(1)),
                    new LifeEvent.PausedByUser(),
                    new LifeEvent.Resumed(),
                    new LifeEvent.RestartCanceled(),
                    new LifeEvent.RemovalBegun(),
                    new LifeEvent.RemovalFailed("busy"));

    @Test
    void theWholeTableIsAsReviewed() {
        GoldenFile.assertMatches("transitions.txt", table());
    }

    private static String table() {
        StringBuilder out =
                new StringBuilder("# state x event -> state; - where the event is refused\n");
        for (ContainerState state : STATES) {
            for (LifeEvent event : EVENTS) {
                out.append(
                        "%-10s %-16s %s%n"
                                .formatted(
                                        name(state),
                                        name(event),
                                        Transitions.next(state, event)
                                                .map(TransitionsTest::name)
                                                .orElse("-")));
            }
        }
        return out.toString();
    }

    private static String name(Object value) {
        return value.getClass().getSimpleName();
    }

    @Test
    void aFailedFirstStartIsStillCreatedToDockersClients() {
        LifeEvent failed = new LifeEvent.StartFailed(new ExitStatus.NeverStarted(127, "nope"), T1);
        assertThat(Transitions.next(new Created(), failed).orElseThrow().word())
                .isEqualTo("created");
        assertThat(Transitions.next(EXITED, failed).orElseThrow().word()).isEqualTo("exited");
    }

    @Test
    void anEndKeepsWhenItBegan() {
        assertThat(
                        Transitions.next(
                                new Paused(RUNNING),
                                new LifeEvent.Ended(new ExitStatus.Code(0), T1)))
                .contains(new Exited(new ExitStatus.Code(0), T0, T1));
    }

    @Test
    void canceledRestartsKeepTheLastExit() {
        assertThat(Transitions.next(new Restarting(EXITED, 1, T1), new LifeEvent.RestartCanceled()))
                .contains(EXITED);
    }

    @Test
    void aDeadContainerRemembersWhatItWasBefore() {
        assertThat(Transitions.next(new Dead("busy", EXITED), new LifeEvent.RemovalBegun()))
                .contains(new Removing(EXITED));
        assertThat(new Dead("busy", EXITED).lastExit()).isEqualTo(EXITED);
    }
}
