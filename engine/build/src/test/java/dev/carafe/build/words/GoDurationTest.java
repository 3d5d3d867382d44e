package dev.carafe.build.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GoDurationTest {
    @Test
    void piecesAddUp() {
        assertThat(GoDuration.nanos("1m30s")).isEqualTo(90_000_000_000L);
        assertThat(GoDuration.nanos("1.5h")).isEqualTo(5_400_000_000_000L);
        assertThat(GoDuration.nanos("500ms")).isEqualTo(500_000_000L);
        assertThat(GoDuration.nanos("-1us")).isEqualTo(-1000);
        assertThat(GoDuration.nanos("0")).isZero();
    }

    @Test
    void wrongOnesAreRefusedAsGoDoes() {
        assertThatThrownBy(() -> GoDuration.nanos("30"))
                .hasMessage("time: missing unit in duration \"30\"");
        assertThatThrownBy(() -> GoDuration.nanos("5x"))
                .hasMessage("time: invalid duration \"5x\"");
        assertThatThrownBy(() -> GoDuration.nanos("99999999999h"))
                .hasMessage("time: invalid duration \"99999999999h\"");
    }
}
