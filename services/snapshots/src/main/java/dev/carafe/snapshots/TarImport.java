package dev.carafe.snapshots;

import dev.carafe.linux.Fd;
import java.io.InputStream;

/// A tar stream unpacked into a live tree below an open root. Every path is resolved inside that root, symlinks
/// included (openat2(2) RESOLVE_IN_ROOT).
public final class TarImport {
    private TarImport() {}

    /// How to unpack.
    ///
    /// @param keepOwners give files the owners of the archive instead of the process's own
    /// @param replaceDirectories let a file replace a directory and the reverse, else refused
    public record Options(boolean keepOwners, boolean replaceDirectories, ApplyLimits limits) {
        public static final Options DEFAULT = new Options(true, true, ApplyLimits.DEFAULT);
    }

    /// Unpacks into the existing directory `path`.
    public static void extract(InputStream tar, Fd root, String path, Options options) {
        throw new UnsupportedOperationException();
    }
}
