package dev.carafe.build.solve;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.build.client.NamedContext;
import dev.carafe.build.steps.BuildOutput;
import dev.carafe.images.Image;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Platform;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Finds the images that a build begins with. A registry is asked once a build for each.
/// Thread-safe.
final class Bases {
    private final Job job;
    private final Map<String, CompletableFuture<Void>> pulls = new ConcurrentHashMap<>();

    Bases(Job job) {
        this.job = job;
    }

    /// The image that the client puts in the place of a name; null for none.
    ///
    /// @throws InvalidArgument when it puts a folder there
    @Nullable String replaced(String name) {
        return switch (job.client().context(name).orElse(null)) {
            case null -> null;
            case NamedContext.OfImage image -> image.reference();
            case NamedContext.OfFiles folder ->
                    throw new InvalidArgument(
                            "the context "
                                    + name
                                    + " is a folder: FROM needs an image, COPY --from and --mount"
                                    + " take folders");
        };
    }

    /// @throws NotFound when it is neither here nor to be had
    Image image(String name, Platform platform, boolean explicit, BuildOutput output) {
        Optional<Image> here = job.services().images().find(name);
        boolean id = here.isPresent() && isId(name, here.get());
        boolean other =
                explicit && here.isPresent() && !here.get().config().platform().fits(platform);
        if (here.isEmpty() || !id && (other || job.options().pull())) {
            pull(ImageReference.parse(name).withDefaultTag(), platform, output);
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

    private void pull(ImageReference image, Platform platform, BuildOutput output) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> first = pulls.putIfAbsent(image.full() + " " + platform, mine);
        if (first != null) {
            join(first);
            return;
        }
        try {
            job.services()
                    .puller()
                    .pull(image, platform, job.client().login(image.domain()), output);
            mine.complete(null);
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private static void join(CompletableFuture<Void> pull) {
        try {
            pull.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static boolean isId(String name, Image image) {
        String hex = name.startsWith("sha256:") ? name.substring("sha256:".length()) : name;
        return image.id().hex().startsWith(hex);
    }

    static State state(Image image) {
        return new State(image.id(), image.config(), image.layers());
    }
}
