package dev.carafe.build.solve;

import dev.carafe.base.InvalidArgument;
import dev.carafe.images.Image;
import dev.carafe.images.ImageStore;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.ImageConfig.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Images whose steps stand in for those of a stage (`--cache-from` of the classic builder): a step
/// is theirs when all before it are and its words are the same. One that is not here is left out.
/// Not thread-safe.
final class NamedImages {
    private List<ImageConfig> images;

    NamedImages(List<ImageConfig> images) {
        this.images = images;
    }

    static NamedImages of(ImageStore store, List<String> names) {
        List<ImageConfig> images = new ArrayList<>();
        for (String name : names) {
            find(store, name).ifPresent(image -> images.add(image.config()));
        }
        return new NamedImages(images);
    }

    private static Optional<Image> find(ImageStore store, String name) {
        try {
            return store.find(name);
        } catch (InvalidArgument e) {
            // as dockerd, which writes it into its log
            return Optional.empty();
        }
    }

    /// A step as an image has it.
    ///
    /// @param layer null when it made none
    record Step(History line, @Nullable Digest layer) {}

    /// The step after a state. From then on only the image that it is of is looked at.
    ///
    /// @param words of the step in the history
    Optional<Step> next(ImageConfig state, String words) {
        int lines = state.history().size();
        int layers = state.rootfs().diffIds().size();
        for (ImageConfig image : images) {
            boolean longer = image.history().size() > lines && begins(image, state);
            History line = longer ? image.history().get(lines) : null;
            if (line != null && words.equals(line.createdBy())) {
                boolean layerIsThere = image.rootfs().diffIds().size() > layers;
                if (line.emptyLayer() || layerIsThere) {
                    images = List.of(image);
                    return Optional.of(
                            new Step(
                                    line,
                                    line.emptyLayer()
                                            ? null
                                            : image.rootfs().diffIds().get(layers)));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean begins(ImageConfig image, ImageConfig state) {
        return begins(image.history(), state.history())
                && begins(image.rootfs().diffIds(), state.rootfs().diffIds());
    }

    private static <T> boolean begins(List<T> list, List<T> with) {
        return with.size() <= list.size() && list.subList(0, with.size()).equals(with);
    }
}
