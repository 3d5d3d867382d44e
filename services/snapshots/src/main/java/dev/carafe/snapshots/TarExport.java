package dev.carafe.snapshots;

import dev.carafe.linux.Fd;
import java.io.OutputStream;

/// A tree below an open root, as a tar stream. Every path is resolved inside that root (openat2(2) RESOLVE_IN_ROOT).
public final class TarExport {
    private TarExport() {}

    /// Writes the tree at `path` with names relative to it; the directory itself has no entry. A `path` that is a
    /// single file becomes one entry with its last name.
    public static void write(Fd root, String path, OutputStream tar) {
        throw new UnsupportedOperationException();
    }

    /// Writes the file or tree at `path` under the name `base`, as `docker cp` wants it: the first entry is `base`.
    public static void writeAs(Fd root, String path, String base, OutputStream tar) {
        throw new UnsupportedOperationException();
    }
}
