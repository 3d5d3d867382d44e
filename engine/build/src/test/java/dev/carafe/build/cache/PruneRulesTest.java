package dev.carafe.build.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PruneRulesTest {
    private static PruneRules rules(long max, long room, long reserved) {
        return new PruneRules(max, room, reserved, null, item -> true);
    }

    @Test
    void boundsAreKeptTogether() {
        assertThat(rules(0, 0, 0).target(100, 5)).isZero();
        assertThat(rules(60, 0, 0).target(100, 5)).isEqualTo(60);
        assertThat(rules(0, 0, 30).target(100, 5)).isEqualTo(30);
        assertThat(rules(60, 0, 80).target(100, 5)).isEqualTo(80);
        assertThat(rules(0, 25, 0).target(100, 5)).isEqualTo(80);
        assertThat(rules(0, 25, 0).target(100, 50)).isEqualTo(100);
        assertThat(rules(60, 65, 0).target(100, 5)).isEqualTo(40);
        assertThat(rules(0, 500, 10).target(100, 5)).isEqualTo(10);
    }

    @Test
    void whatIsInUseOrWasUsedLatelyStays() {
        Instant now = Instant.parse("2030-01-02T00:00:00Z");
        PruneRules old = new PruneRules(0, 0, 0, now, item -> true);
        assertThat(old.takes(item(false, now.minusSeconds(1)))).isTrue();
        assertThat(old.takes(item(true, now.minusSeconds(1)))).isFalse();
        assertThat(old.takes(item(false, now.plusSeconds(1)))).isFalse();
    }

    private static CacheItem item(boolean inUse, Instant lastUsed) {
        return new CacheItem(
                "id", CacheItem.STEP, "", "", inUse, false, 1, Instant.EPOCH, lastUsed, 1);
    }
}
