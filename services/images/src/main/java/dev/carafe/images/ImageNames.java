package dev.carafe.images;

import dev.carafe.base.Undo;
import dev.carafe.images.Loaded.Displaced;
import dev.carafe.images.state.Catalog;
import dev.carafe.images.state.ImageRecord;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import java.util.ArrayList;
import java.util.List;

/// Gives images their names. The store's lock is held around it.
final class ImageNames {
    private final Catalog catalog;
    private final ImageViews views;

    ImageNames(Catalog catalog, ImageViews views) {
        this.catalog = catalog;
        this.views = views;
    }

    /// Every tag of the repository.
    List<ImageReference> inRepository(ImageReference name) {
        return catalog.namesIn(name.fullName()).stream()
                .map(record -> ImageReference.parse(record.reference()))
                .filter(reference -> reference.digest() == null)
                .toList();
    }

    /// New names come before the image: a crash in between leaves names that lead nowhere, which
    /// the next open drops, and no image without a name. A name of another image is moved later.
    void addImage(ImageRecord record, List<ImageReference> names) {
        try (Undo undo = new Undo()) {
            for (ImageReference name : names) {
                if (catalog.target(name.full()).isEmpty()) {
                    undo.push(() -> catalog.removeName(name.full()));
                    catalog.putName(name.full(), record.id());
                }
            }
            catalog.putImage(record);
            undo.keep();
        }
    }

    /// Gives an image names, taken away from others where those had them.
    Loaded give(Digest id, List<ImageReference> names) {
        views.changed();
        List<Displaced> displaced = new ArrayList<>();
        List<String> familiar = new ArrayList<>();
        for (ImageReference name : names) {
            catalog.target(name.full())
                    .filter(before -> !before.equals(id))
                    .ifPresent(before -> displaced.add(new Displaced(name.familiar(), before)));
            catalog.putName(name.full(), id);
            familiar.add(name.familiar());
        }
        return new Loaded(id, familiar, displaced);
    }
}
