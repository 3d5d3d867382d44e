package dev.carafe.dockerapi.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
    private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("+02:00");

    @ParameterizedTest
    @CsvSource({
        "24h, 2026-03-03T12:00:00Z",
        "1h30m, 2026-03-04T10:30:00Z",
        "1.5h, 2026-03-04T10:30:00Z",
        "250ms, 2026-03-04T11:59:59.750Z",
        "1700000000, 2023-11-14T22:13:20Z",
        "1700000000.5, 2023-11-14T22:13:20.500Z",
        "2026-03-01, 2026-02-28T22:00:00Z",
        "2026-03-01T10, 2026-03-01T08:00:00Z",
        "2026-03-01T10:15, 2026-03-01T08:15:00Z",
        "2026-03-01T10:15:30, 2026-03-01T08:15:30Z",
        "2026-03-01T10:15:30Z, 2026-03-01T10:15:30Z",
        "2026-03-01T10:15:30+01:00, 2026-03-01T09:15:30Z",
    })
    void momentsInAllTheirForms(String text, Instant moment) {
        assertThat(Moments.parse(text, NOW, ZONE)).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "h", "5d", "2026-13-01", "2026-03-01T99", "1h-2m"})
    void whatIsNone(String text) {
        assertThatThrownBy(() -> Moments.parse(text, NOW, ZONE))
                .isInstanceOf(InvalidArgument.class);
    }

    @Test
    void aSpanThatNoClockHoldsIsRefused() {
        assertThatThrownBy(() -> Moments.parse("999999999h", NOW, ZONE))
                .isInstanceOf(InvalidArgument.class);
    }
}
