package dev.carafe.images;

import dev.carafe.images.Attachment.Attached;
import dev.carafe.images.PackedLayers.Packed;
import dev.carafe.images.format.DockerManifestEntry;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import dev.carafe.snapshots.LayerInfo;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One image on its way into an archive: its documents, and where its layers come from. Not
/// thread-safe.
final class SavedImage {
    final Image image;
    final ImageForm form;
    final Set<ImageReference> names;
    final byte[] config;
    private final List<LayerInfo> layers;
    final List<Packed> packed;
    final byte[] manifest;
    Instant time = Instant.EPOCH;

    SavedImage(
            ImageStore store,
            Image image,
            ImageForm form,
            PackedLayers packing,
            Set<ImageReference> names) {
        this.image = image;
        this.form = form;
        this.names = names;
        this.config = store.configBytes(image);
        this.layers = store.layers(image);
        this.packed = layers.stream().map(layer -> packing.get(layer, form.packing())).toList();
        this.manifest = OciJson.write(Manifest.class, described());
    }

    /// With its files as old as itself.
    SavedImage at(Instant created) {
        time = created;
        return this;
    }

    List<Attached> attached() {
        return form.attachments().stream().map(one -> one.to(manifest())).toList();
    }

    Descriptor manifest() {
        return Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.of(manifest), manifest.length);
    }

    private Manifest described() {
        Descriptor of = Descriptor.of(MediaTypes.OCI_CONFIG, image.id(), config.length);
        List<Descriptor> blobs = packed.stream().map(Packed::blob).toList();
        return form.isPlain() ? Manifest.of(of, blobs) : form.inOciTerms().manifest(of, blobs);
    }

    /// @param all of the archive
    DockerManifestEntry entry(List<SavedImage> all) {
        boolean withParent =
                all.stream()
                        .map(other -> other.image)
                        .anyMatch(other ->
                                other.id().equals(image.parent())
                                        && Parents.isStep(other.config(), image.config()));
        List<String> tags = names.stream().map(ImageReference::familiar).toList();
        Map<String, Descriptor> sources = new LinkedHashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            sources.put(layers.get(i).diffId().toString(), packed.get(i).blob());
        }
        List<String> paths =
                packed.stream().map(layer -> SaveImages.path(layer.blob().digest())).toList();
        return new DockerManifestEntry(
                SaveImages.path(image.id()),
                tags.isEmpty() ? null : tags,
                paths,
                withParent ? image.parent() : null,
                sources);
    }
}
