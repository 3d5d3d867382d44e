package dev.carafe.images;

import dev.carafe.base.InvalidArgument;
import dev.carafe.images.format.DockerManifestEntry;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Index;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import dev.carafe.oci.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads an archive's tables of contents: docker's `manifest.json`, OCI's `index.json` (image-spec
/// image-layout.md), or both, as docker 25 and newer write them; then docker's decides on names and
/// layers, and OCI's gives the manifest. Without either, what docker wrote before version 1.10.
final class ArchiveIndex {
    private static final String CONTAINERD_NAME = "io.containerd.image.name";
    private static final String OCI_NAME = "org.opencontainers.image.ref.name";
    private static final String REFERENCE_TYPE = "vnd.docker.reference.type";
    private static final int MAX_DEPTH = 4;
    private final ArchiveFiles files;
    private final @Nullable Platform platform;

    /// @param platform which one to take of an image for several; null for this machine's
    ArchiveIndex(ArchiveFiles files, @Nullable Platform platform) {
        this.files = files;
        this.platform = platform;
    }

    /// @throws InvalidArgument when there is no table, or it leads to what is not there, or nothing
    ///   of it is for the platform
    List<ArchivedImage> images() throws IOException {
        boolean docker = files.has("manifest.json");
        boolean layout = files.has("index.json");
        if (!docker && !layout && LegacyArchive.isOne(files)) {
            return new LegacyArchive(files).images().stream().filter(this::isAskedFor).toList();
        }
        if (!docker && !layout) {
            throw new InvalidArgument(
                    "the archive is no image: it has neither manifest.json nor index.json");
        }
        List<ArchivedImage> images =
                docker
                        ? layout ? merged(dockerImages(), layoutImages()) : dockerImages()
                        : layoutImages();
        if (images.isEmpty() && (!docker || platform != null)) {
            Platform wanted = platform == null ? Platform.host() : platform;
            throw new InvalidArgument("the archive has no image for the platform " + wanted);
        }
        return images;
    }

    private static List<ArchivedImage> merged(
            List<ArchivedImage> docker, List<ArchivedImage> layout) {
        List<ArchivedImage> merged = new ArrayList<>();
        for (ArchivedImage image : docker) {
            Digest id = image.id();
            merged.add(
                    layout.stream()
                            .filter(other -> other.id().equals(id))
                            .findFirst()
                            .map(other ->
                                    other.manifest() == null
                                            ? image
                                            : image.withManifest(
                                                    other.manifest(), other.manifestType()))
                            .orElse(image));
        }
        return merged;
    }

    /// What docker's table says.
    List<ArchivedImage> dockerImages() throws IOException {
        List<ArchivedImage> images = new ArrayList<>();
        for (DockerManifestEntry entry :
                DockerManifestEntry.read(files.document("manifest.json"))) {
            List<ImageReference> names = new ArrayList<>();
            for (String tag : entry.repoTags() == null ? List.<String>of() : entry.repoTags()) {
                names.add(ImageReference.parse(tag).withDefaultTag());
            }
            byte[] config = files.document(entry.config());
            ArchivedImage image =
                    new ArchivedImage(
                            config,
                            null,
                            MediaTypes.OCI_MANIFEST,
                            entry.layers(),
                            names,
                            entry.parent());
            if (isAskedFor(image)) {
                images.add(image);
            }
        }
        return images;
    }

    /// Images of the layout; one that several entries name comes once, with all names.
    private List<ArchivedImage> layoutImages() throws IOException {
        Map<Digest, ArchivedImage> images = new LinkedHashMap<>();
        for (Descriptor entry : OciJson.index(files.document("index.json")).manifests()) {
            List<ImageReference> names = names(entry);
            for (Descriptor found : manifests(entry, 0)) {
                ArchivedImage image = image(found, names);
                if (isAskedFor(image)) {
                    images.merge(found.digest(), image, ArchiveIndex::withNamesOfBoth);
                }
            }
        }
        return List.copyOf(images.values());
    }

    private static ArchivedImage withNamesOfBoth(ArchivedImage one, ArchivedImage other) {
        List<ImageReference> names = new ArrayList<>(one.names());
        other.names().stream().filter(name -> !names.contains(name)).forEach(names::add);
        return new ArchivedImage(
                one.config(), one.manifest(), one.manifestType(), one.layers(), names, null);
    }

    /// The manifests below an entry that are images: itself, or of a list the one for the platform.
    private List<Descriptor> manifests(Descriptor entry, int depth) throws IOException {
        if (entry.annotation(REFERENCE_TYPE) != null
                || depth > MAX_DEPTH
                || !files.has(blob(entry.digest()))) {
            return List.of();
        }
        if (!MediaTypes.isIndex(entry.mediaType())) {
            return MediaTypes.isManifest(entry.mediaType()) && fits(entry)
                    ? List.of(entry)
                    : List.of();
        }
        Index index = OciJson.index(verified(entry.digest()));
        List<Descriptor> found = new ArrayList<>();
        for (Descriptor child : index.manifests()) {
            found.addAll(manifests(child, depth + 1));
        }
        return found.isEmpty() ? found : found.subList(0, 1);
    }

    /// An archive need not say for which platform an image is; the image does.
    private boolean isAskedFor(ArchivedImage image) {
        ImageConfig config = image.parsedConfig();
        return platform == null
                || new Platform(config.architecture(), config.os(), null, null, config.variant())
                        .fits(platform);
    }

    private boolean fits(Descriptor entry) {
        Platform of = entry.platform();
        return of == null
                || of.architecture().isEmpty()
                || of.fits(platform == null ? Platform.host() : platform);
    }

    private ArchivedImage image(Descriptor entry, List<ImageReference> names) throws IOException {
        byte[] bytes = verified(entry.digest());
        Manifest manifest = OciJson.manifest(bytes);
        List<String> layers =
                manifest.layers().stream().map(layer -> blob(layer.digest())).toList();
        byte[] config = verified(manifest.config().digest());
        return new ArchivedImage(config, bytes, entry.mediaType(), layers, names, null);
    }

    /// `io.containerd.image.name` is a whole name; OCI's annotation may be one too, or just a tag,
    /// which names nothing.
    private static List<ImageReference> names(Descriptor entry) {
        String name = entry.annotation(CONTAINERD_NAME);
        if (name == null) {
            name = entry.annotation(OCI_NAME);
            if (name == null || name.indexOf(':') < 0 && name.indexOf('/') < 0) {
                return List.of();
            }
        }
        return List.of(ImageReference.parse(name).withDefaultTag());
    }

    private byte[] verified(Digest digest) throws IOException {
        byte[] bytes = files.document(blob(digest));
        Digest actual = digest.hasher().update(bytes, 0, bytes.length).digest();
        if (!actual.equals(digest)) {
            throw new InvalidArgument(
                    "blob " + digest + " of the archive has the digest " + actual);
        }
        return bytes;
    }

    private static String blob(Digest digest) {
        return "blobs/" + digest.algorithm() + "/" + digest.hex();
    }
}
