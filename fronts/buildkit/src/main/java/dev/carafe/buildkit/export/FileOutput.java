package dev.carafe.buildkit.export;

import dev.carafe.base.NotImplemented;
import dev.carafe.buildkit.progress.Progress;
import dev.carafe.buildkit.session.ClientOutput;
import dev.carafe.images.Image;
import dev.carafe.images.ImageStore;
import dev.carafe.images.SaveImages;
import dev.carafe.oci.ImageReference;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.RootMount;
import dev.carafe.snapshots.Snapshotter;
import dev.carafe.snapshots.TarExport;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// `--output type=docker|oci|tar|local`: files of the client's.
final class FileOutput {
    private final ImageStore images;
    private final Snapshotter snapshots;
    private final ClientOutput output;
    private final Progress progress;

    FileOutput(ImageStore images, Snapshotter snapshots, ClientOutput output, Progress progress) {
        this.images = images;
        this.snapshots = snapshots;
        this.output = output;
        this.progress = progress;
    }

    /// An archive that both docker and OCI tools read.
    Map<String, String> archive(String type, List<Image> all, Map<String, String> attrs) {
        List<ImageReference> names = ImageOutput.names(attrs.getOrDefault("name", ""));
        return progress.step(
                "exporting to " + type + " image format",
                part -> {
                    output.file("the image", out -> save(all, names, out));
                    part.done("sending tarball", 0);
                    return ImageOutput.response(all.getFirst(), names);
                });
    }

    private void save(List<Image> all, List<ImageReference> names, OutputStream out) {
        SaveImages save = new SaveImages(images);
        if (all.size() == 1) {
            save.save(all.getFirst(), names, out);
        } else {
            save.saveAsOne(all, names, out);
        }
    }

    Map<String, String> tar(Image image) {
        return progress.step(
                "exporting to client tarball",
                part -> {
                    output.file(
                            "the tar",
                            out -> root(image, r -> TarExport.write(r.mount(), "/", out)));
                    part.done("sending tarball", 0);
                    return Map.of();
                });
    }

    Map<String, String> folder(Image image) {
        return progress.step(
                "exporting to client directory",
                part -> {
                    root(image, r -> output.folder(r.mount()));
                    part.done("copying files", 0);
                    return Map.of();
                });
    }

    private void root(Image image, Consumer<RootMount> work) {
        ChainId top = image.top();
        if (top == null) {
            throw new NotImplemented("the result has no files to export");
        }
        try (RootMount root = snapshots.view(top)) {
            work.accept(root);
        }
    }
}
