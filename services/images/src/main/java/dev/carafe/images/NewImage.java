package dev.carafe.images;

import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An image about to be added: its documents as exact bytes, and names for it. Its layers must be
/// in the snapshotter already, kept by a {@link LayerHold}.
///
/// @param config whose digest is the image's id
/// @param manifest of any type that names this configuration
/// @param names full references, with tag or digest; may be empty
/// @param parent the image that it was made of here, or null
public record NewImage(
        byte[] config,
        byte[] manifest,
        String manifestType,
        List<ImageReference> names,
        @Nullable Digest parent) {
    public NewImage {
        names = names.stream().map(ImageReference::withDefaultTag).toList();
    }

    /// One that was made elsewhere.
    public NewImage(
            byte[] config, byte[] manifest, String manifestType, List<ImageReference> names) {
        this(config, manifest, manifestType, names, null);
    }

    /// The same, made of another image.
    public NewImage of(@Nullable Digest image) {
        return new NewImage(config, manifest, manifestType, names, image);
    }

    /// With a manifest made for it: the layers as uncompressed tars, in OCI's form. Equal images
    /// get equal manifests.
    ///
    /// @param tarBytes length of each layer's tar, lowest first
    /// @throws InvalidArgument when the configuration is none, or names another number of layers
    public static NewImage plain(byte[] config, List<Long> tarBytes, List<ImageReference> names) {
        Manifest manifest = plainManifest(config, tarBytes);
        return new NewImage(
                config, OciJson.write(Manifest.class, manifest), MediaTypes.OCI_MANIFEST, names);
    }

    static Manifest plainManifest(byte[] config, List<Long> tarBytes) {
        ImageConfig parsed = OciJson.config(config);
        List<Digest> diffIds = parsed.rootfs().diffIds();
        if (diffIds.size() != tarBytes.size()) {
            throw new InvalidArgument(
                    "an image of " + diffIds.size() + " layers, and " + tarBytes.size() + " sizes");
        }
        List<Descriptor> layers = new ArrayList<>();
        for (int i = 0; i < diffIds.size(); i++) {
            layers.add(Descriptor.of(MediaTypes.OCI_LAYER, diffIds.get(i), tarBytes.get(i)));
        }
        return Manifest.of(
                Descriptor.of(MediaTypes.OCI_CONFIG, Digest.of(config), config.length), layers);
    }
}
