package dev.carafe.images;

import dev.carafe.oci.Platform;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings images in from a tar archive.
public final class LoadImages {
    private final ImageStore store;

    public LoadImages(ImageStore store) {
        this.store = store;
    }

    /// Loads every image of the archive: `docker save`'s format, old and new, or an OCI layout; the archive may be compressed with
    /// gzip, bzip2, xz or zstd, and so may be each layer.
    ///
    /// @param archive read to its end, not closed
    /// @throws dev.carafe.base.InvalidArgument for an archive that is none, is cut short, or holds something hostile; the message names it
    public List<Loaded> load(InputStream archive, LoadProgress progress) {
        return load(archive, progress, null);
    }

    /// @param platform which one to take of an image for several; null for this machine's
    public List<Loaded> load(InputStream archive, LoadProgress progress, @Nullable Platform platform) {
        throw new UnsupportedOperationException(String.valueOf(store));
    }
}
