package dev.carafe.snapshots.tar;

/// A piece of a sparse file that has data, in bytes.
public record Fragment(long offset, long length) {
    public long end() {
        return offset + length;
    }
}
