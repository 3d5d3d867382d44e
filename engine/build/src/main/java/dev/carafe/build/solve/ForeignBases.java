package dev.carafe.build.solve;

import dev.carafe.images.Image;
import dev.carafe.images.ImageStore;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Platform;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Base images for other platforms than the one that their name leads to here: the store has one
/// image a name. Thread-safe.
public final class ForeignBases {
    private final ImageStore images;
    private final Map<String, Digest> known = new ConcurrentHashMap<>();
    private final Map<String, Object> pulling = new ConcurrentHashMap<>();

    public ForeignBases(ImageStore images) {
        this.images = images;
    }

    /// What an earlier build brought; null when that is nothing or gone.
    ///
    /// @param newest then the registry is to be asked in any case
    @Nullable Image find(ImageReference name, Platform platform, boolean newest) {
        Digest id = newest ? null : known.get(key(name, platform));
        return id == null ? null : images.byId(id).orElse(null);
    }

    /// Pulls an image, and lets the name lead to what it led to before where that is for another
    /// platform.
    ///
    /// @param pull gives the id of what the name leads to then
    Image keepingName(ImageReference name, Platform platform, Supplier<Digest> pull) {
        synchronized (pulling.computeIfAbsent(name.full(), none -> new Object())) {
            Optional<Image> before = images.find(name.full());
            Image image = images.get(pull.get().toString());
            if (before.isPresent() && isToStay(before.get(), image)) {
                images.tag(before.get(), name);
                known.put(key(name, platform), image.id());
            }
            return image;
        }
    }

    private static boolean isToStay(Image before, Image now) {
        Platform was = before.config().platform();
        Platform is = now.config().platform();
        boolean better = is.fits(Platform.host()) && !was.fits(Platform.host());
        return !was.fits(is) && !better;
    }

    private static String key(ImageReference name, Platform platform) {
        return name.full() + " " + platform;
    }
}
