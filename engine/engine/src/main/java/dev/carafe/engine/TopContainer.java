package dev.carafe.engine;

import java.util.List;

/// Shows a container's processes as ps does, from /proc. Engine API GET /containers/{id}/top.
public final class TopContainer {
    public record Processes(List<String> titles, List<List<String>> rows) {}

    /// @param psArgs `-ef`, `aux`, `-eo pid,comm`
    /// @throws dev.carafe.base.Conflict it is not running
    public Processes top(String ref, String psArgs) {
        throw new UnsupportedOperationException();
    }
}
