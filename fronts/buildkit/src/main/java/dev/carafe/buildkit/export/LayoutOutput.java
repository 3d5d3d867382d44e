package dev.carafe.buildkit.export;

import dev.carafe.buildkit.progress.Progress;
import dev.carafe.buildkit.session.ClientStore;
import dev.carafe.images.GzipTar;
import dev.carafe.images.Image;
import dev.carafe.images.ImageForm;
import dev.carafe.images.ImageStore;
import dev.carafe.images.LayerHold;
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
        Map<Image, ImageForm> forms = form.of(all);
        return progress.step(
                "exporting to oci image format",
                part -> {
                    List<Descriptor> manifests = new ArrayList<>();
                    forms.forEach((image, own) -> {
                        Descriptor manifest = image(image, own, part);
                        manifests.add(own.described(manifest.withPlatform(image.platform())));
                    });
                    Descriptor top =
                            all.size() == 1
                                    ? manifests.getFirst().withPlatform(null)
                                    : store.write(
                                            MediaTypes.OCI_INDEX,
                                            OciJson.write(
                                                    Index.class,
                                                    Index.of(manifests, form.index())));
                    part.done("exporting manifest " + top.digest(), top.size());
                    return ImageOutput.response(all.getFirst(), top, names);
                });
    }

    private Descriptor image(Image image, ImageForm form, Progress.Part part) {
        List<Descriptor> layers = new ArrayList<>();
        try (LayerHold hold = images.hold()) {
            image.layers().forEach(hold::keep);
            for (LayerInfo layer : images.layers(image)) {
                try (GzipTar tar = new GzipTar(out -> snapshots.layerTar(layer.chainId(), out))) {
                    Descriptor blob = store.write(MediaTypes.OCI_LAYER_GZIP, tar);
                    part.done("exporting layer " + blob.digest(), blob.size());
                    layers.add(blob);
                }
            }
        }
        Descriptor config = store.write(MediaTypes.OCI_CONFIG, images.configBytes(image));
        Manifest plain = Manifest.of(config, layers);
        Manifest manifest = form.annotations().isEmpty() ? plain : form.manifest(config, layers);
        return store.write(MediaTypes.OCI_MANIFEST, OciJson.write(Manifest.class, manifest));
    }
}
