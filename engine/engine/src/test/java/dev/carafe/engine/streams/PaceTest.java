package dev.carafe.engine.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private long now;
    private final Pace pace = new Pace(() -> now);

    private long look(long micros, long bytes) {
        now += micros * 1000;
        return pace.after(bytes);
    }

    @Test
    void aStreamThatWritesSeldomIsNotMadeToWait() {
        for (int i = 0; i < 5; i++) {
            assertThat(look(5000, 90)).isZero();
        }
    }

    @Test
    void linesInQuickSuccessionGather() {
        look(50, 90);
        assertThat(look(50, 90)).isEqualTo(4_000_000);
        assertThat(look(4000, 12_000)).isPositive();
    }

    @Test
    void afterASilenceTheLoopTells() {
        look(50, 90);
        assertThat(look(50, 90)).isPositive();
        assertThat(look(4000, 0)).isZero();
    }

    @Test
    void oneThatFillsItsPipeIsNotMadeToWait() {
        look(50, 90);
        assertThat(look(50, 60_000)).isZero();
        assertThat(look(50, 12_000)).isZero();
    }
}
