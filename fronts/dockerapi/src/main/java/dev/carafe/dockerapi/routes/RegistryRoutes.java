package dev.carafe.dockerapi.routes;

import dev.carafe.base.PermissionDenied;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockerapi.wire.AuthWire;
import dev.carafe.dockermodel.AuthConfig;
import dev.carafe.dockermodel.AuthResponse;
import dev.carafe.dockermodel.DistributionInspect;
import dev.carafe.dockermodel.ImageDescriptor;
import dev.carafe.dockermodel.ImagePlatform;
import dev.carafe.dockermodel.ReferrerList;
import dev.carafe.engine.Engine;
import dev.carafe.images.Image;
import dev.carafe.images.ImageQuestion;
import dev.carafe.images.PullImage;
import dev.carafe.images.Pulled;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Platform;
import dev.carafe.registry.Credentials;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// What is asked of registries: pull, push, login, a look at a remote image.
final class RegistryRoutes {
    private final Engine engine;
    private final Replies replies;

    RegistryRoutes(Engine engine, Replies replies) {
        this.engine = engine;
        this.replies = replies;
    }

    void addTo(Router router) {
        router.post("/auth", this::login);
        router.post("/images/{name*}/push", this::push);
        router.get("/distribution/{name*}/json", this::distribution);
        router.get("/carafe/referrers/{name*}", this::referrers);
    }

    private Credentials credentials(Exchange x) {
        return AuthWire.header(x.header("X-Registry-Auth"), replies.json());
    }

    /// `POST /images/create?fromImage=`. Without tag and digest it means all tags.
    void pull(Exchange x) throws IOException {
        ImageReference image = image(x);
        AtomicBoolean canceled = new AtomicBoolean();
        PullImage.Request request =
                new PullImage.Request(image, ArchiveRoutes.platform(x), credentials(x), canceled);
        try (Progress progress = Progress.live(x, replies, () -> canceled.set(true))) {
            PullLines lines = new PullLines(progress);
            progress.run(() -> {
                if (image.tag() == null && image.digest() == null) {
                    pullAll(request, lines);
                } else {
                    Pulled pulled = pullOne(request, lines);
                    lines.status("Status: " + pulled.status());
                    warn(request.platform(), pulled, lines);
                }
            });
        }
    }

    /// A tag can be a digest here.
    private static ImageReference image(Exchange x) {
        String name = x.query().text("fromImage").replaceFirst(":$", "");
        String tag = x.query().text("tag");
        String separator = tag.isEmpty() ? "" : tag.indexOf(':') >= 0 ? "@" : ":";
        ImageReference image = ImageReference.parse(name + separator + tag);
        if (image.familiarName().equals("scratch")) {
            throw new PermissionDenied("'scratch' is a reserved name");
        }
        return image;
    }

    private void pullAll(PullImage.Request request, PullLines lines) {
        boolean newer = false;
        for (String tag : engine.pullImage().tags(request)) {
            newer |= pullOne(request.withImage(request.image().withTag(tag)), lines).newer();
        }
        String name = request.image().familiarName();
        lines.status(
                newer
                        ? "Status: Downloaded newer image for " + name
                        : "Status: Image is up to date for " + name);
    }

    private Pulled pullOne(PullImage.Request request, PullLines lines) {
        Pulled pulled = engine.pullImage().pull(request, lines);
        lines.status("Digest: " + pulled.digest());
        engine.events()
                .publish(
                        "image",
                        "pull",
                        pulled.name().familiar(),
                        Map.of("name", pulled.name().familiarName()));
        return pulled;
    }

    private void warn(@Nullable Platform wanted, Pulled pulled, PullLines lines) {
        engine.images()
                .byId(pulled.id())
                .map(Image::platform)
                .filter(actual -> wanted != null && !actual.fits(wanted))
                .ifPresent(actual ->
                        lines.status(
                                "WARNING: image with reference %s was found but its platform (%s) does not match the specified platform (%s)"
                                        .formatted(pulled.name().familiar(), actual, wanted)));
    }

    /// Without `tag` it means all tags of the repository.
    private void push(Exchange x) throws IOException {
        String tag = x.query().text("tag");
        ImageReference name = ImageReference.parse(x.parameter("name"));
        ImageReference wanted = tag.isEmpty() ? name : name.withTag(tag);
        Platform platform = ArchiveRoutes.platform(x);
        AtomicBoolean canceled = new AtomicBoolean();
        try (Progress progress = Progress.live(x, replies, () -> canceled.set(true))) {
            PushLines lines = new PushLines(progress);
            progress.run(() -> {
                lines.status("The push refers to repository [" + name.fullName() + "]");
                for (ImageReference each : engine.pushImage().names(wanted)) {
                    engine.images().get(each.full()).on(each.familiar(), platform);
                    engine.pushImage().push(each, credentials(x), canceled, lines);
                    engine.events()
                            .publish(
                                    "image",
                                    "push",
                                    each.familiar(),
                                    Map.of("name", each.familiarName()));
                }
            });
        }
    }

    private void login(Exchange x) throws IOException {
        AuthConfig config = replies.body(x, AuthConfig.class);
        String address = config.serveraddress() == null ? "" : config.serveraddress();
        String token = engine.registries().login(address, AuthWire.credentials(config));
        replies.ok(x, new AuthResponse("Login Succeeded", token));
    }

    private void distribution(Exchange x) throws IOException {
        ImageReference image = ImageReference.parse(x.parameter("name")).withDefaultTag();
        ImageQuestion.Remote found =
                new ImageQuestion(engine.registries()).ask(image, credentials(x));
        replies.ok(
                x,
                new DistributionInspect(
                        new ImageDescriptor(
                                found.descriptor().mediaType(),
                                found.descriptor().digest().toString(),
                                found.descriptor().size(),
                                null),
                        platforms(found.platforms())));
    }

    /// What refers to an image in its registry, which docker has no request for.
    private void referrers(Exchange x) throws IOException {
        ImageReference image = ImageReference.parse(x.parameter("name")).withDefaultTag();
        ImageQuestion.Referring found =
                new ImageQuestion(engine.registries())
                        .referrers(image, x.query().text("artifactType"), credentials(x));
        replies.ok(
                x,
                new ReferrerList(
                        found.subject().digest().toString(),
                        found.referrers().stream()
                                .map(d ->
                                        new ReferrerList.Referrer(
                                                d.mediaType(),
                                                d.digest().toString(),
                                                d.size(),
                                                Objects.requireNonNullElse(d.artifactType(), ""),
                                                Objects.requireNonNullElse(
                                                        d.annotations(), Map.of())))
                                .toList()));
    }

    private static List<ImagePlatform> platforms(List<Platform> platforms) {
        return platforms.stream()
                .map(p -> new ImagePlatform(p.architecture(), p.os(), p.variant()))
                .toList();
    }
}
