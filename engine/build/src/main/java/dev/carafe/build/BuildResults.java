package dev.carafe.build;

import dev.carafe.base.InvalidArgument;
import dev.carafe.images.Image;
import dev.carafe.images.ImageForm;
import dev.carafe.images.ImageStore;
import dev.carafe.images.IndexForm;
import dev.carafe.images.SaveImages;
import dev.carafe.oci.ImageReference;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.RootMount;
import dev.carafe.snapshots.Snapshotter;
import dev.carafe.snapshots.TarExport;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gives what builds made as files (`--output type=local|tar|docker|oci`). Thread-safe.
public final class BuildResults {
    private final ImageStore images;
    private final Snapshotter snapshots;

    BuildResults(ImageStore images, Snapshotter snapshots) {
        this.images = images;
        this.snapshots = snapshots;
    }

    /// The files of an image, as a tar.
    ///
    /// @param id of the image
    /// @param tar not closed
    /// @throws InvalidArgument for an image without files
    public void files(String id, OutputStream tar) {
        ChainId top = images.get(id).top();
        if (top == null) {
            throw new InvalidArgument("the result has no files to export");
        }
        try (RootMount root = snapshots.view(top)) {
            TarExport.write(root.mount(), "/", tar);
        }
    }

    /// The archive of one image, which docker and OCI tools read, or of one for several platforms,
    /// which OCI tools do.
    ///
    /// @param ids of the images
    /// @param names that the archive gives them
    /// @param tar not closed
    public void archive(List<String> ids, List<ImageReference> names, OutputStream tar) {
        List<Image> all = ids.stream().map(images::get).toList();
        SaveImages save = new SaveImages(images);
        if (all.size() == 1) {
            save.save(all.getFirst(), names, tar);
        } else {
            Map<Image, ImageForm> plain = new LinkedHashMap<>();
            all.forEach(image -> plain.put(image, ImageForm.AS_IT_IS));
            save.saveAsOne(plain, IndexForm.PLAIN, names, tar);
        }
    }
}
