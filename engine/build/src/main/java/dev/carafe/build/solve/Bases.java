package dev.carafe.build.solve;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.build.steps.BuildOutput;
import dev.carafe.images.Image;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Platform;
import java.util.Optional;

/// Finds the images that a build begins with.
final class Bases {
    private final Job job;

    Bases(Job job) {
        this.job = job;
    }

    /// @throws NotFound when it is neither here nor to be had
    Image image(String name, Platform platform, boolean explicit, BuildOutput output) {
        Optional<Image> here = job.services().images().find(name);
        boolean id = here.isPresent() && isId(name, here.get());
        if (here.isEmpty() || job.options().pull() && !id) {
            ImageReference reference = ImageReference.parse(name).withDefaultTag();
            job.services()
                    .puller()
                    .pull(reference, platform, job.client().login(reference.domain()), output);
        }
        Image image = job.services().images().get(name);
        if (explicit && !image.config().platform().fits(platform)) {
            throw new NotFound(
                    new Subject("image", name),
                    "image with reference "
                            + name
                            + " was found but does not provide the specified platform ("
                            + platform
                            + ")");
        }
        if (!image.config().os().isEmpty() && !image.config().os().equals("linux")) {
            throw new InvalidArgument(
                    "cannot build on " + name + ": it is an image for " + image.config().os());
        }
        return image;
    }

    private static boolean isId(String name, Image image) {
        String hex = name.startsWith("sha256:") ? name.substring("sha256:".length()) : name;
        return image.id().hex().startsWith(hex);
    }

    static State state(Image image) {
        return new State(image.id(), image.config(), image.layers());
    }
}
