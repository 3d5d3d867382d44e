package dev.carafe.build;

import dev.carafe.build.steps.Cancellation;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// What is under way, by the ids that clients gave their builds: each may have several parts at a
/// time, as the fetch of a context beside the build. Thread-safe.
final class RunningBuilds {
    private final Map<String, Shared> byId = new HashMap<>();

    /// One cancellation for all parts of a build.
    private static final class Shared {
        final Cancellation cancellation = new Cancellation();
        int parts;
    }

    /// Does one part of a build.
    ///
    /// @param id empty for one that nobody can cancel
    <T> T call(String id, Function<Cancellation, T> part) {
        if (id.isEmpty()) {
            return part.apply(new Cancellation());
        }
        Shared shared;
        synchronized (this) {
            shared = byId.computeIfAbsent(id, none -> new Shared());
            shared.parts++;
        }
        try {
            return part.apply(shared.cancellation);
        } finally {
            synchronized (this) {
                if (--shared.parts == 0) {
                    byId.remove(id);
                }
            }
        }
    }

    /// Ends all parts of a build; nothing when there is none with this id.
    void cancel(String id) {
        Shared shared;
        synchronized (this) {
            shared = byId.get(id);
        }
        if (shared != null) {
            shared.cancellation.cancel();
        }
    }
}
