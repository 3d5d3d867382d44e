package dev.carafe.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.cli.session.Failure;
import org.junit.jupiter.api.Test;

class CopyPlanTest {
    private static String place(CopyPlan plan, String name) {
        return plan.directory() + " " + plan.rename().apply(name);
    }

    @Test
    void theTargetDecidesTheName() {
        assertThat(place(CopyPlan.of("/s/a", false, "/t/b", false, false), "a")).isEqualTo("/t b");
        assertThat(place(CopyPlan.of("/s/a", false, "/t", true, true), "a")).isEqualTo("/t a");
        assertThat(place(CopyPlan.of("/s/a", false, "/t/b", true, false), "a")).isEqualTo("/t b");
        assertThat(place(CopyPlan.of("/s/d", true, "/t/new", false, false), "d/x"))
                .isEqualTo("/t new/x");
        assertThat(place(CopyPlan.of("/s/d/.", true, "/t/new", false, false), "./x"))
                .isEqualTo("/t new/x");
        assertThat(place(CopyPlan.of("/s/d/.", true, "/t", true, true), "./x")).isEqualTo("/t ./x");
        assertThat(place(CopyPlan.of("/", true, "/t/new", false, false), "/etc"))
                .isEqualTo("/t new/etc");
    }

    @Test
    void whatCannotBeIsSaidInDockersWords() {
        assertThatThrownBy(() -> CopyPlan.of("/s/d", true, "/t/f", true, false))
                .isInstanceOf(Failure.class)
                .hasMessage("cannot copy directory");
        assertThatThrownBy(() -> CopyPlan.of("/s/a", false, "/t/d/", false, false))
                .isInstanceOf(Failure.class)
                .hasMessage("no such directory");
    }
}
