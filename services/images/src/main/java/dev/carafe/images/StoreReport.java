package dev.carafe.images;

import java.util.List;

/// What a check of the store found.
///
/// @param images how many were looked at; likewise layers and blobs
public record StoreReport(int images, int layers, int blobs, List<StoreFault> faults) {
    public StoreReport {
        faults = List.copyOf(faults);
    }

    /// True when nothing is wrong any more.
    public boolean clean() {
        return faults.stream().allMatch(StoreFault::repaired);
    }
}
