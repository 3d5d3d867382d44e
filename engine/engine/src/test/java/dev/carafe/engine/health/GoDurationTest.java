package dev.carafe.engine.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.001S, 1ms",
        "PT0.2S, 200ms",
        "PT0.0015S, 1.5ms",
        "PT0.000001S, 1µs",
        "PT0.000000001S, 1ns",
        "PT1S, 1s",
        "PT10S, 10s",
        "PT1.5S, 1.5s",
        "PT30S, 30s",
        "PT1M, 1m0s",
        "PT1M30.25S, 1m30.25s",
        "PT100M, 1h40m0s",
        "PT2H, 2h0m0s"
    })
    void durationsAreInGosWords(Duration duration, String text) {
        assertThat(GoDuration.text(duration)).isEqualTo(text);
    }
}
