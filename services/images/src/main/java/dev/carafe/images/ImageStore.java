package dev.carafe.images;

import dev.carafe.content.ContentStore;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.snapshots.Snapshotter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The images of one data root and their names. Thread-safe; what it announces by returning is durable.
public final class ImageStore {
    private final ContentStore content;
    private final Snapshotter snapshots;

    /// Opens the store, made when missing; what a crash left half done is finished or removed.
    ///
    /// @param root folder of the names and image records
    public ImageStore(ContentStore content, Snapshotter snapshots, Path root) {
        this.content = content;
        this.snapshots = snapshots;
        if (root.getNameCount() == 0) {
            throw new UnsupportedOperationException();
        }
    }

    /// The image that the text leads to: name, name:tag, name@digest, id, or the beginning of one id.
    ///
    /// @throws dev.carafe.base.InvalidArgument when the text can be no reference (`invalid reference format`)
    public Optional<Image> find(String refOrIdOrPrefix) {
        throw new UnsupportedOperationException(refOrIdOrPrefix);
    }

    /// The same, for who needs one.
    ///
    /// @throws dev.carafe.base.NotFound `No such image: x:latest`
    public Image get(String refOrIdOrPrefix) {
        throw new UnsupportedOperationException(refOrIdOrPrefix);
    }

    public Optional<Image> byId(Digest id) {
        throw new UnsupportedOperationException(id.toString());
    }

    /// Every image, newest first.
    public List<Image> list() {
        throw new UnsupportedOperationException();
    }

    /// Gives the image a name, taken away from another image when that had it.
    ///
    /// @param name gets the tag `latest` when it has none
    /// @throws dev.carafe.base.InvalidArgument for a name with a digest
    public Loaded tag(Image image, ImageReference name) {
        throw new UnsupportedOperationException(image + "" + name);
    }

    /// Removes a name, and the image with it when that was the last one; or the image that an id leads to (docker's rules).
    ///
    /// @param prune kept for docker's `noprune`; images have no untagged parents here
    /// @throws dev.carafe.base.NotFound `No such image: x:latest`
    /// @throws dev.carafe.base.Conflict with docker's sentence
    public List<Removal> remove(String ref, boolean force, boolean prune, InUse check) {
        throw new UnsupportedOperationException(ref);
    }

    /// Removes images that no container uses.
    public Pruned prune(PruneFilter filter, InUse check) {
        throw new UnsupportedOperationException(filter.toString());
    }

    ContentStore content() {
        return content;
    }

    Snapshotter snapshots() {
        return snapshots;
    }
}
