package dev.carafe.images;

import java.io.OutputStream;
import java.util.List;

/// Writes images into a tar archive that every docker, podman and OCI tool can read.
public final class SaveImages {
    private final ImageStore store;

    public SaveImages(ImageStore store) {
        this.store = store;
    }

    /// @param names references, ids or id prefixes; a repository without tag stands for all its tags
    /// @param tar not closed
    /// @throws dev.carafe.base.NotFound before the first byte when a name leads nowhere
    public void save(List<String> names, OutputStream tar) {
        throw new UnsupportedOperationException(String.valueOf(store));
    }
}
