package dev.carafe.images;

import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Platform;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes an image of one layer from a tar of a root file system.
public final class ImportImage {
    private final ImageStore store;

    public ImportImage(ImageStore store) {
        this.store = store;
    }

    /// @param tar maybe compressed; read to its end, not closed
    /// @param changes Dockerfile instructions: CMD ENTRYPOINT ENV EXPOSE HEALTHCHECK LABEL ONBUILD STOPSIGNAL USER VOLUME WORKDIR
    /// @param message comment of the image's one history line
    /// @param name null for an image without name
    public Image run(InputStream tar, List<String> changes, String message, @Nullable ImageReference name) {
        return run(tar, changes, message, name, null);
    }

    /// @param platform null for this machine's
    public Image run(
            InputStream tar,
            List<String> changes,
            String message,
            @Nullable ImageReference name,
            @Nullable Platform platform) {
        throw new UnsupportedOperationException(String.valueOf(store));
    }
}
