package dev.carafe.engine.events;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which events.
///
/// @param since null: only new ones
/// @param until null: for ever; the subscription ends then
/// @param filters Docker's keys (`container`, `image`, `event`, `type`, `label`, `network`,
///   `volume`, ...): values of one key are alternatives (labels all hold), keys all hold
public record EventQuery(
        @Nullable Instant since, @Nullable Instant until, Map<String, Set<String>> filters) {
    public static EventQuery live() {
        return new EventQuery(null, null, Map.of());
    }
}
