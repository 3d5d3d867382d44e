package dev.carafe.images;

import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.ImageConfig.History;
import java.util.List;

/// What archives may tell of the image that another one was made of.
final class Parents {
    private Parents() {}

    /// Whether it is one step away: it has the image's history but for the last line, or both have
    /// none. Docker refuses archives that tell of others.
    static boolean isStep(ImageConfig parent, ImageConfig image) {
        List<History> below = parent.history();
        List<History> own = image.history();
        return own.isEmpty() && below.isEmpty()
                || own.size() == below.size() + 1 && own.subList(0, below.size()).equals(below);
    }
}
