package dev.carafe.engine;

import dev.carafe.engine.view.ContainerSummary;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Lists containers, newest first. Engine API GET /containers/json.
public final class ListContainers {
    /// @param all also those that do not run
    /// @param limit the newest so many (implies all); 0 or less: no limit
    /// @param size with their disk use
    /// @param filters Docker's keys
    public record Query(boolean all, int limit, boolean size, Map<String, Set<String>> filters) {}

    /// @throws dev.carafe.base.InvalidArgument an unknown filter
    public List<ContainerSummary> list(Query query) {
        throw new UnsupportedOperationException();
    }
}
