package dev.carafe.images;

import dev.carafe.oci.Descriptor;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import dev.carafe.oci.Platform;
import dev.carafe.registry.Credentials;
import dev.carafe.registry.Registries;
import dev.carafe.registry.Repository;
import dev.carafe.registry.Repository.Document;
import java.util.List;
import java.util.Objects;

/// Looks at an image in its registry without pulling it (Engine API GET /distribution/{name}/json),
/// or at what refers to it.
public final class ImageQuestion {
    private final Registries registries;

    public ImageQuestion(Registries registries) {
        this.registries = registries;
    }

    /// @param descriptor of the manifest or index under the name
    public record Remote(Descriptor descriptor, List<Platform> platforms) {}

    /// @throws dev.carafe.base.CarafeException as {@link Repository}
    public Remote ask(ImageReference image, Credentials credentials) {
        try (Repository repository = registries.open(image, credentials)) {
            Document document = repository.manifest(image);
            return new Remote(document.descriptor(), platforms(repository, image, document));
        }
    }

    /// @param subject the manifest or index under the name
    /// @param referrers what refers to it, in the registry's order
    public record Referring(Descriptor subject, List<Descriptor> referrers) {}

    /// What refers to an image: signatures, lists of parts, attestations (distribution-spec,
    /// "Listing Referrers").
    ///
    /// @param artifactType only such; empty for all
    /// @throws dev.carafe.base.CarafeException as {@link Repository}
    public Referring referrers(ImageReference image, String artifactType, Credentials credentials) {
        try (Repository repository = registries.open(image, credentials)) {
            Descriptor subject = repository.manifest(image).descriptor();
            return new Referring(subject, repository.referrers(subject.digest(), artifactType));
        }
    }

    private static List<Platform> platforms(
            Repository repository, ImageReference image, Document document) {
        if (MediaTypes.isIndex(document.type())) {
            return OciJson.index(document.bytes()).manifests().stream()
                    .map(Descriptor::platform)
                    .filter(Objects::nonNull)
                    .toList();
        }
        Manifest manifest = OciJson.manifest(document.bytes());
        ImageConfig config =
                OciJson.config(repository.small(image, manifest.config(), ImageStore.MAX_DOCUMENT));
        return List.of(
                new Platform(config.architecture(), config.os(), null, null, config.variant()));
    }
}
