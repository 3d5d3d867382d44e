package dev.carafe.build.solve;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.build.client.NamedContext;
import dev.carafe.build.steps.BuildOutput;
import dev.carafe.build.steps.Material;
import dev.carafe.images.Image;
import dev.carafe.oci.Digest;
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
    private final Map<String, CompletableFuture<Image>> pulls = new ConcurrentHashMap<>();

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

    /// The image of that name for the platform. Where the name leads to one for another platform
    /// here, it does so afterwards: other builds and containers stand on that.
    ///
    /// @param explicit whether the platform was asked for; else any image here will do
    /// @throws NotFound when it is neither here nor to be had
    Image image(String name, Platform platform, boolean explicit, BuildOutput output) {
        Optional<Image> here = job.services().images().find(name);
        Image image;
        if (here.isPresent() && isId(name, here.get())) {
            image = here.get();
        } else {
            boolean fits = here.isPresent() && (!explicit || fits(here.get(), platform));
            image =
                    fits && !job.options().pull()
                            ? here.get()
                            : brought(
                                    ImageReference.parse(name).withDefaultTag(), platform, output);
        }
        if (explicit && !fits(image, platform)) {
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
        if (!here.map(found -> isId(name, found)).orElse(false)) {
            tell(ImageReference.parse(name).withDefaultTag(), image);
        }
        return image;
    }

    private void tell(ImageReference name, Image image) {
        String prefix = name.familiarName() + "@";
        Digest digest =
                image.repoDigests().stream()
                        .filter(known -> known.startsWith(prefix))
                        .map(known -> Digest.parse(known.substring(prefix.length())))
                        .findFirst()
                        .orElse(image.manifest().digest());
        job.watcher().uses(new Material.OfImage(name, image.platform(), digest));
    }

    private static boolean fits(Image image, Platform platform) {
        return image.config().platform().fits(platform);
    }

    /// What this build has brought already, or the registry's.
    private Image brought(ImageReference name, Platform platform, BuildOutput output) {
        CompletableFuture<Image> mine = new CompletableFuture<>();
        CompletableFuture<Image> first = pulls.putIfAbsent(name.full() + " " + platform, mine);
        if (first != null) {
            return joined(first);
        }
        try {
            Image image = job.services().foreign().find(name, platform, job.options().pull());
            mine.complete(image == null ? pulled(name, platform, output) : image);
            return joined(mine);
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private Image pulled(ImageReference name, Platform platform, BuildOutput output) {
        return job.services()
                .foreign()
                .keepingName(
                        name,
                        platform,
                        () ->
                                job.services()
                                        .puller()
                                        .pull(
                                                name,
                                                platform,
                                                job.client().login(name.domain()),
                                                output));
    }

    private static Image joined(CompletableFuture<Image> pull) {
        try {
            return pull.join();
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
