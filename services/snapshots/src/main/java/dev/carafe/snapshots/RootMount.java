package dev.carafe.snapshots;

import dev.carafe.linux.Fd;

/// A detached mount: usable by openat(2), by `/proc/self/fd/N` and by move_mount(2); gone with its
/// last descriptor.
public record RootMount(Fd mount) implements AutoCloseable {
    @Override
    public void close() {
        mount.close();
    }
}
