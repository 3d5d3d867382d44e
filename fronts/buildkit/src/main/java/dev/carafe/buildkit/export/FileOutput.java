package dev.carafe.buildkit.export;

import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.base.Undo;
import dev.carafe.buildkit.progress.Progress;
import dev.carafe.buildkit.session.ClientOutput;
import dev.carafe.images.Image;
import dev.carafe.images.ImageForm;
import dev.carafe.images.ImageStore;
import dev.carafe.images.IndexForm;
import dev.carafe.images.SaveImages;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.ImageReference;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.RootMount;
import dev.carafe.snapshots.Snapshotter;
import dev.carafe.snapshots.TarExport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
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
    Map<String, String> archive(
            String type, List<Image> all, Map<String, String> attrs, OutputForm form) {
        List<ImageReference> names = ImageOptions.names(attrs.getOrDefault("name", ""));
        Map<Image, ImageForm> forms = form.of(all, names);
        return progress.step(
                "exporting to " + type + " image format",
                part -> {
                    AtomicReference<Descriptor> top = new AtomicReference<>();
                    output.file("the image", out -> top.set(save(forms, form.index(), names, out)));
                    part.done("sending tarball", 0);
                    return ImageOutput.response(all.getFirst(), top.get(), names);
                });
    }

    private Descriptor save(
            Map<Image, ImageForm> all,
            IndexForm index,
            List<ImageReference> names,
            OutputStream out) {
        SaveImages save = new SaveImages(images);
        Map.Entry<Image, ImageForm> first = all.entrySet().iterator().next();
        if (all.size() == 1 && !first.getValue().needsIndex()) {
            return save.save(first.getKey(), first.getValue(), names, out);
        }
        return save.saveAsOne(all, index, names, out);
    }

    /// @param split whether each image's files go into a folder of their own
    Map<String, String> tar(List<Image> all, boolean split) {
        return progress.step(
                "exporting to client tarball",
                part -> {
                    output.file(
                            "the tar",
                            out ->
                                    roots(
                                            all,
                                            roots -> {
                                                if (split) {
                                                    TarExport.writeAll(roots, out);
                                                } else {
                                                    Fd root = roots.firstEntry().getValue();
                                                    TarExport.write(root, "/", out);
                                                }
                                            }));
                    part.done("sending tarball", 0);
                    return Map.of();
                });
    }

    /// @param split whether each image's files go into a folder of their own
    Map<String, String> folder(List<Image> all, boolean split) {
        return progress.step(
                "exporting to client directory",
                part -> {
                    roots(
                            all,
                            roots -> {
                                if (split) {
                                    output.folders(roots);
                                } else {
                                    output.folder(roots.firstEntry().getValue());
                                }
                            });
                    part.done("copying files", 0);
                    return Map.of();
                });
    }

    /// Opens the images' files, by the names of folders for their platforms: `linux_arm_v7`.
    private void roots(List<Image> all, Consumer<TreeMap<String, Fd>> work) {
        TreeMap<String, Fd> roots = new TreeMap<>();
        try (Undo undo = new Undo()) {
            for (Image image : all) {
                roots.put(image.platform().toString().replace('/', '_'), root(image, undo));
            }
            work.accept(roots);
        }
    }

    private Fd root(Image image, Undo undo) {
        ChainId top = image.top();
        if (top != null) {
            RootMount root = snapshots.view(top);
            undo.push(root::close);
            return root.mount();
        }
        try {
            Path empty = Files.createTempDirectory("carafe-empty-");
            undo.push(() -> remove(empty));
            Fd root = FileSystem.open(empty.toString(), FileSystem.O_DIRECTORY);
            undo.push(root::close);
            return root;
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "make an empty folder: " + e.getMessage(), e);
        }
    }

    private static void remove(Path folder) {
        try {
            Files.delete(folder);
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "remove an empty folder: " + e.getMessage(), e);
        }
    }
}
