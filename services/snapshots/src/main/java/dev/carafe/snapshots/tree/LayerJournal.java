package dev.carafe.snapshots.tree;

import dev.carafe.linux.Fd;
import dev.carafe.snapshots.tar.TarEntry;
import java.io.IOException;

/// Hears where the data of an archive went while it is unpacked, so that the archive can be made
/// again.
public interface LayerJournal {
    /// The data of the entry is now in the file at `path` (`usr/bin/x`).
    void file(String path, TarEntry entry) throws IOException;

    /// What was at `path` gave way to a later entry, and is called `number` in {@link #displaced}
    /// from here on.
    void moved(String path, int number) throws IOException;

    /// The directory for what gives way, on the layer's file system.
    Fd displaced() throws IOException;
}
