package dev.carafe.engine;

import java.nio.file.Path;

/// Counters and facts for Engine API GET /info.
public final class EngineInfo {
    public record Counts(int containers, int running, int paused, int stopped, int images) {}

    /// @param cgroupVersion 1 or 2
    public record Facts(
            String id, Path dataRoot, Path execRoot, String storageDriver, int cgroupVersion, boolean seccomp) {}

    public Counts counts() {
        throw new UnsupportedOperationException();
    }

    public Facts facts() {
        throw new UnsupportedOperationException();
    }
}
