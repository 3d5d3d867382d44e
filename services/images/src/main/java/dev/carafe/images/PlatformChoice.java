package dev.carafe.images;

import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Index;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.Platform;
import java.util.List;

/// Which image of an index is the right one for a platform.
final class PlatformChoice {
    private PlatformChoice() {}

    /// The entry for just this platform, else the first one that fits, else the only one that says
    /// nothing of a platform.
    ///
    /// @throws NotFound `no matching manifest for linux/amd64 in the manifest list entries`
    static Descriptor choose(Index index, Platform wanted) {
        List<Descriptor> images =
                index.manifests().stream()
                        .filter(entry ->
                                MediaTypes.isManifest(entry.mediaType())
                                        || MediaTypes.isIndex(entry.mediaType()))
                        .toList();
        List<Descriptor> fitting =
                images.stream()
                        .filter(entry -> entry.platform() != null && entry.platform().fits(wanted))
                        .toList();
        for (Descriptor entry : fitting) {
            Platform its = entry.platform();
            if (its != null && its.toString().equals(wanted.toString())) {
                return entry;
            }
        }
        if (!fitting.isEmpty()) {
            return fitting.getFirst();
        }
        if (images.size() == 1 && images.getFirst().platform() == null) {
            return images.getFirst();
        }
        throw new NotFound(
                new Subject("platform", wanted.toString()),
                "no matching manifest for "
                        + wanted
                        + " in the manifest list entries: no match for platform in manifest: not found");
    }
}
