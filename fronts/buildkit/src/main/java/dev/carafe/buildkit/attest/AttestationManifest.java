package dev.carafe.buildkit.attest;

import dev.carafe.images.Attachment;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import dev.carafe.oci.Platform;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The manifest beside an image's in an index, whose layers are statements about it (BuildKit's
/// docs/attestations/attestation-storage.md).
///
/// @param names of the image
/// @param artifact whether the manifest has OCI's form for artifacts, with its subject in it
public record AttestationManifest(
        List<Attestation> attestations,
        List<ImageReference> names,
        Platform platform,
        boolean artifact)
        implements Attachment {
    private static final String ARTIFACT = "application/vnd.docker.attestation.manifest.v1+json";
    private static final String EMPTY = "application/vnd.oci.empty.v1+json";
    private static final String IN_TOTO = "application/vnd.in-toto+json";
    private static final Platform NONE = Platform.of("unknown", "unknown");

    public AttestationManifest {
        attestations = List.copyOf(attestations);
        names = List.copyOf(names);
    }

    @Override
    public Attached to(Descriptor image) {
        List<Part> blobs = new ArrayList<>();
        List<Descriptor> layers = new ArrayList<>();
        for (Attestation one : attestations) {
            byte[] bytes = one.statement(image.digest(), names, platform);
            blobs.add(new Part(IN_TOTO, bytes));
            layers.add(
                    Descriptor.of(IN_TOTO, Digest.of(bytes), bytes.length)
                            .withAnnotations(Map.of("in-toto.io/predicate-type", one.type())));
        }
        Part config =
                artifact
                        ? new Part(EMPTY, "{}".getBytes(StandardCharsets.UTF_8))
                        : new Part(MediaTypes.OCI_CONFIG, config(layers));
        blobs.addFirst(config);
        byte[] bytes = OciJson.write(Manifest.class, manifest(image, config, layers));
        return new Attached(blobs, bytes, listed(image, bytes));
    }

    private Manifest manifest(Descriptor image, Part config, List<Descriptor> layers) {
        Descriptor of =
                Descriptor.of(config.mediaType(), Digest.of(config.bytes()), config.bytes().length);
        return artifact
                ? new Manifest(
                        2,
                        MediaTypes.OCI_MANIFEST,
                        ARTIFACT,
                        of,
                        layers,
                        Descriptor.of(image.mediaType(), image.digest(), image.size()),
                        null)
                : Manifest.of(of, layers);
    }

    private static byte[] config(List<Descriptor> layers) {
        return layers.stream()
                .map(layer -> "\"" + layer.digest() + "\"")
                .collect(
                        Collectors.joining(
                                ",",
                                "{\"architecture\":\"unknown\",\"os\":\"unknown\",\"config\":{},"
                                        + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[",
                                "]}}"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Descriptor listed(Descriptor image, byte[] manifest) {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put("vnd.docker.reference.digest", image.digest().toString());
        annotations.put("vnd.docker.reference.type", "attestation-manifest");
        return Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.of(manifest), manifest.length)
                .withAnnotations(annotations)
                .withPlatform(NONE);
    }
}
