package dev.carafe.snapshots;

/// One path that a root changed against its layers.
///
/// @param path absolute inside the root, `/etc/hosts`
public record Change(Kind kind, String path) {
    /// In the order of the numbers of `GET /containers/{id}/changes`: 0, 1, 2.
    public enum Kind {
        CHANGED,
        ADDED,
        DELETED
    }

    /// `C /etc/hosts`, as `docker diff` prints it.
    @Override
    public String toString() {
        return kind.name().charAt(0) + " " + path;
    }
}
