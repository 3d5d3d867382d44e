package dev.carafe.images;

import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.Index;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import dev.carafe.testkit.TinyImage;
import dev.carafe.testkit.TinyTar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An OCI layout with one image for several platforms and an attestation, as buildx writes it.
final class MultiPlatform {
    private MultiPlatform() {}

    static byte[] layout(String name, TinyImage... images) {
        TinyTar tar = new TinyTar();
        List<Descriptor> manifests = new ArrayList<>();
        for (TinyImage image : images) {
            List<Descriptor> layers =
                    image.layers().stream().map(l -> put(tar, MediaTypes.OCI_LAYER, l)).toList();
            Descriptor config = put(tar, MediaTypes.OCI_CONFIG, image.config());
            byte[] manifest = OciJson.write(Manifest.class, Manifest.of(config, layers));
            manifests.add(
                    put(tar, MediaTypes.OCI_MANIFEST, manifest)
                            .withPlatform(image.parsedConfig().platform()));
        }
        manifests.addFirst(
                manifests
                        .getFirst()
                        .withPlatform(null)
                        .withAnnotations(
                                Map.of("vnd.docker.reference.type", "attestation-manifest")));
        Descriptor list =
                put(tar, MediaTypes.OCI_INDEX, OciJson.write(Index.class, Index.of(manifests)));
        Index top =
                Index.of(
                        List.of(
                                list.withAnnotations(
                                        Map.of("org.opencontainers.image.ref.name", name))));
        return tar.file("index.json", OciJson.write(Index.class, top), 0644)
                .file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}")
                .bytes();
    }

    private static Descriptor put(TinyTar tar, String type, byte[] bytes) {
        Digest digest = Digest.of(bytes);
        tar.file("blobs/sha256/" + digest.hex(), bytes, 0644);
        return Descriptor.of(type, digest, bytes.length);
    }
}
