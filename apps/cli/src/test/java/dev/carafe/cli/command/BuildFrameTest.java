package dev.carafe.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.cli.command.BuildFrame.Mood;
import dev.carafe.cli.command.BuildFrame.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildFrameTest {
    private static final List<Step> STEPS =
            List.of(
                    new Step("[1/4] FROM busybox", Mood.DONE, "0.1s", List.of()),
                    new Step("[2/4] RUN make", Mood.CACHED, "0.0s", List.of()),
                    new Step("[3/4] RUN sleep", Mood.RUNNING, "12.3s", List.of("one", "two")),
                    new Step("[4/4] RUN a\tvery long command", Mood.FAILED, "1.0s", List.of("x")));

    @Test
    void namesStandLeftAndTimesRight() {
        assertThat(new BuildFrame(30, 24, false).lines("[+] Building", STEPS))
                .containsExactly(
                        "[+] Building",
                        " => [1/4] FROM busybox    0.1s",
                        " => CACHED [2/4] RUN make 0.0s",
                        " => [3/4] RUN sleep      12.3s",
                        " => => # one",
                        " => => # two",
                        " => ERROR [4/4] RUN a ... 1.0s");
    }

    @Test
    void whatIsDoneMakesRoomFirstThenWhatWasSaid() {
        assertThat(new BuildFrame(30, 6, false).lines("[+] Building", STEPS))
                .hasSize(6)
                .noneMatch(line -> line.contains("FROM"))
                .anyMatch(line -> line.contains("CACHED"));
        assertThat(new BuildFrame(30, 4, false).lines("[+] Building", STEPS))
                .hasSize(4)
                .contains(" => => # two")
                .doesNotContain(" => => # one");
        assertThat(new BuildFrame(30, 3, false).lines("[+] Building", STEPS))
                .containsExactly(
                        "[+] Building",
                        " => [3/4] RUN sleep      12.3s",
                        " => ERROR [4/4] RUN a ... 1.0s");
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        for (int columns = 1; columns < 40; columns++) {
            int width = columns;
            assertThat(new BuildFrame(columns, 24, false).lines("[+] Building 0.1s (1/4)", STEPS))
                    .allMatch(line -> line.length() <= Math.max(width, "12.3s".length() + 1));
        }
    }

    @Test
    void coloursAreLeftOutWhereTheyAreNotWanted() {
        assertThat(String.join("", new BuildFrame(40, 24, true).lines("", STEPS)))
                .contains("\033[31m");
        assertThat(String.join("", new BuildFrame(40, 24, false).lines("", STEPS)))
                .doesNotContain("\033");
    }
}
