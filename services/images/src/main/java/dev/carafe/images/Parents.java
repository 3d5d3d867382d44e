package dev.carafe.images;

import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.ImageConfig.History;
import java.util.List;

/// Which image another one may have been made of, by their configurations.
final class Parents {
    private Parents() {}

    /// Whether it is one step away: it has the image's history but for the last line, or both have
    /// none. Docker refuses archives that tell of other parents.
    static boolean isStep(ImageConfig parent, ImageConfig image) {
        List<History> below = parent.history();
        List<History> own = image.history();
        return own.isEmpty() && below.isEmpty()
                || own.size() == below.size() + 1 && begins(own, below);
    }

    /// Whether a configuration goes on from the image's: begins with its layers, and with its
    /// history, and has more of that.
    static boolean isBelow(ImageConfig lower, ImageConfig config) {
        return lower.history().size() < config.history().size()
                && !(lower.history().isEmpty() && lower.rootfs().diffIds().isEmpty())
                && begins(config.rootfs().diffIds(), lower.rootfs().diffIds())
                && begins(config.history(), lower.history());
    }

    private static <T> boolean begins(List<T> list, List<T> with) {
        return with.size() <= list.size() && list.subList(0, with.size()).equals(with);
    }
}
