package dev.carafe.buildkit.progress;

import dev.carafe.buildkit.wire.common.Time;
import java.time.Instant;

/// Moments on the wire.
public final class Times {
    private Times() {}

    public static Time now() {
        return of(Instant.now());
    }

    public static Time of(Instant moment) {
        return Time.newBuilder()
                .setSeconds(moment.getEpochSecond())
                .setNanos(moment.getNano())
                .build();
    }
}
