package dev.carafe.images;

import java.util.List;

/// What a prune did.
public record Pruned(List<Removal> removals, long spaceReclaimedBytes) {
    public Pruned {
        removals = List.copyOf(removals);
    }
}
