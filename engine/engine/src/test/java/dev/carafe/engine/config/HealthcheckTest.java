package dev.carafe.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthcheckTest {
    private static final long SECOND = 1_000_000_000L;

    private static Healthcheck check(String... test) {
        return new Healthcheck(List.of(test), null, null, null, null, null);
    }

    @Test
    void theFormOfTheTestSaysWhatRuns() {
        assertThat(check("CMD", "curl", "-f").command(null)).containsExactly("curl", "-f");
        assertThat(check("CMD-SHELL", "a && b").command(null))
                .containsExactly("/bin/sh", "-c", "a && b");
        assertThat(check("CMD-SHELL", "a").command(List.of("/bin/bash", "-ec")))
                .containsExactly("/bin/bash", "-ec", "a");
        assertThat(check("NONE").command(null)).isEmpty();
        assertThat(check("WHAT", "x").command(null)).isEmpty();
        assertThat(check().command(null)).isEmpty();
    }

    @Test
    void whatIsLeftOutIsDockersDefault() {
        for (Healthcheck c :
                List.of(check("CMD", "x"), new Healthcheck(List.of("CMD"), 0L, 0L, 0L, 0L, 0))) {
            assertThat(c.interval()).isEqualTo(Duration.ofSeconds(30));
            assertThat(c.timeout()).isEqualTo(Duration.ofSeconds(30));
            assertThat(c.startPeriod()).isZero();
            assertThat(c.startInterval()).isEqualTo(Duration.ofSeconds(5));
            assertThat(c.failures()).isEqualTo(3);
        }
    }

    @Test
    void whileItStartsTheStartIntervalCounts() {
        Healthcheck c =
                new Healthcheck(
                        List.of("CMD", "x"), 60 * SECOND, null, 20 * SECOND, 2 * SECOND, null);
        assertThat(c.wait(Duration.ZERO, true)).isEqualTo(Duration.ofSeconds(2));
        assertThat(c.wait(Duration.ofSeconds(19), false)).isEqualTo(Duration.ofSeconds(60));
        assertThat(c.wait(Duration.ofSeconds(20), true)).isEqualTo(Duration.ofSeconds(60));
    }
}
