package dev.carafe.images;

import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.OciJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An image as an archive's table of contents tells of it.
///
/// @param config the configuration's bytes
/// @param manifest the OCI manifest's bytes, null when the archive has none
/// @param manifestType of the manifest
/// @param layers paths in the archive, lowest first
/// @param parent the image that it was made of, when the archive has that too; or null
record ArchivedImage(
        byte[] config,
        byte @Nullable [] manifest,
        String manifestType,
        List<String> layers,
        List<ImageReference> names,
        @Nullable Digest parent) {
    /// @throws InvalidArgument when the configuration is none, or speaks of another number of
    ///   layers
    ArchivedImage {
        int expected = OciJson.config(config).rootfs().diffIds().size();
        if (layers.size() != expected) {
            throw new InvalidArgument(
                    "invalid manifest, layers length mismatch: expected "
                            + expected
                            + ", got "
                            + layers.size());
        }
    }

    Digest id() {
        return Digest.of(config);
    }

    ImageConfig parsedConfig() {
        return OciJson.config(config);
    }

    ArchivedImage withParent(Digest image) {
        return new ArchivedImage(config, manifest, manifestType, layers, names, image);
    }

    ArchivedImage withManifest(byte[] bytes, String type) {
        return new ArchivedImage(config, bytes, type, layers, names, parent);
    }
}
