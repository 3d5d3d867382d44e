package dev.carafe.buildkit.export;

import dev.carafe.buildkit.progress.Progress;
import dev.carafe.buildkit.session.ClientStore;
import dev.carafe.images.Attachment.Attached;
import dev.carafe.images.Image;
import dev.carafe.images.ImageForm;
import dev.carafe.images.ImageStore;
import dev.carafe.images.LayerHold;
import dev.carafe.images.PackedTar;
import dev.carafe.images.Packing;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Index;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import dev.carafe.snapshots.LayerInfo;
import dev.carafe.snapshots.Snapshotter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `--output type=oci,tar=false`: blobs into a folder of the client's, which makes the index of the
/// folder itself.
final class LayoutOutput {
    private final ImageStore images;
    private final Snapshotter snapshots;
    private final ClientStore store;
    private final Progress progress;

    LayoutOutput(ImageStore images, Snapshotter snapshots, ClientStore store, Progress progress) {
        this.images = images;
        this.snapshots = snapshots;
        this.store = store;
        this.progress = progress;
    }

    Map<String, String> run(List<Image> all, OutputForm form, List<ImageReference> names) {
        Map<Image, ImageForm> forms = form.of(all, names);
        return progress.step(
                "exporting to oci image format",
                part -> {
                    List<Descriptor> manifests = new ArrayList<>();
                    List<Descriptor> attached = new ArrayList<>();
                    forms.forEach((image, own) -> {
                        Descriptor manifest = image(image, own, part);
                        manifests.add(own.described(manifest.withPlatform(image.platform())));
                        own.attachments()
                                .forEach(one -> attached.add(attach(one.to(manifest), part)));
                    });
                    manifests.addAll(attached);
                    Descriptor top =
                            manifests.size() == 1
                                    ? manifests.getFirst().withPlatform(null)
                                    : store.write(
                                            MediaTypes.OCI_INDEX,
                                            OciJson.write(
                                                    Index.class,
                                                    Index.of(
                                                            manifests,
                                                            form.index().annotations())));
                    part.done("exporting manifest " + top.digest(), top.size());
                    return ImageOutput.response(all.getFirst(), top, names);
                });
    }

    private Descriptor attach(Attached attached, Progress.Part part) {
        attached.blobs().forEach(blob -> store.write(blob.mediaType(), blob.bytes()));
        Descriptor listed = attached.listed();
        store.write(listed.mediaType(), attached.manifest());
        part.done("exporting attestation manifest " + listed.digest(), listed.size());
        return listed;
    }

    private Descriptor image(Image image, ImageForm form, Progress.Part part) {
        List<Descriptor> layers = new ArrayList<>();
        Packing packing = form.packing().orGzip();
        try (LayerHold hold = images.hold()) {
            image.layers().forEach(hold::keep);
            for (LayerInfo layer : images.layers(image)) {
                try (PackedTar tar =
                        new PackedTar(packing, out -> snapshots.layerTar(layer.chainId(), out))) {
                    Descriptor blob = store.write(packing.mediaType(), tar);
                    part.done("exporting layer " + blob.digest(), blob.size());
                    layers.add(blob);
                }
            }
        }
        Descriptor config = store.write(MediaTypes.OCI_CONFIG, images.configBytes(image));
        Manifest plain = Manifest.of(config, layers);
        Manifest manifest = form.isPlain() ? plain : form.manifest(config, layers);
        return store.write(MediaTypes.OCI_MANIFEST, OciJson.write(Manifest.class, manifest));
    }
}
