package dev.carafe.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.Index;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A small image, complete in memory.
///
/// @param names familiar names with tags, may be empty
/// @param config bytes of the configuration
/// @param layers uncompressed tars, lowest first
public record TinyImage(List<String> names, byte[] config, List<byte[]> layers) {
    /// The image's id.
    public Digest id() {
        return Digest.of(config);
    }

    public ImageConfig parsedConfig() {
        return OciJson.config(config);
    }

    /// Ids of the layers, lowest first.
    public List<Digest> diffIds() {
        return layers.stream().map(Digest::of).toList();
    }

    /// `docker save` as docker 25 and newer write it: an OCI layout and docker's manifest.json in
    /// one tar, layers uncompressed, the tables last.
    public byte[] dockerArchive() {
        return TinyImages.dockerArchive(List.of(this));
    }

    /// An OCI layout with layers stored through `packing`.
    public byte[] ociLayout(Packing packing) {
        TinyTar tar = new TinyTar().dir("blobs").dir("blobs/sha256");
        Descriptor manifest = putBlobs(tar, packing);
        List<Descriptor> entries = new ArrayList<>();
        for (String name : names) {
            entries.add(
                    manifest.withAnnotations(
                            Map.of(
                                    "io.containerd.image.name",
                                    "docker.io/library/" + name,
                                    "org.opencontainers.image.ref.name",
                                    name.substring(name.indexOf(':') + 1))));
        }
        if (entries.isEmpty()) {
            entries.add(manifest);
        }
        return tar.file("index.json", OciJson.write(Index.class, Index.of(entries)), 0644)
                .file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}")
                .bytes();
    }

    /// Adds config, layers and manifest to `blobs/sha256`.
    Descriptor putBlobs(TinyTar tar, Packing packing) {
        List<Descriptor> stored = new ArrayList<>();
        for (byte[] layer : layers) {
            stored.add(putBlob(tar, packing.mediaType, packing.pack(layer)));
        }
        Descriptor configDescriptor = putBlob(tar, MediaTypes.OCI_CONFIG, config);
        return putBlob(
                tar,
                MediaTypes.OCI_MANIFEST,
                OciJson.write(Manifest.class, Manifest.of(configDescriptor, stored)));
    }

    static Descriptor putBlob(TinyTar tar, String type, byte[] bytes) {
        Digest digest = Digest.of(bytes);
        tar.file("blobs/sha256/" + digest.hex(), bytes, 0644);
        return Descriptor.of(type, digest, bytes.length);
    }

    /// `docker save` before docker 25: a folder per layer, `<id>.json` for the configuration.
    /// Layers that occur twice are symlinks.
    public byte[] oldDockerArchive() {
        TinyTar tar = new TinyTar();
        List<String> files = new ArrayList<>();
        List<Digest> seen = new ArrayList<>();
        String folder = "";
        for (int i = 0; i < layers.size(); i++) {
            Digest diffId = diffIds().get(i);
            folder = Digest.of((folder + i + diffId).getBytes(UTF_8)).hex();
            tar.dir(folder)
                    .file(folder + "/VERSION", "1.0")
                    .file(folder + "/json", "{\"id\":\"" + folder + "\"}");
            int earlier = seen.indexOf(diffId);
            if (earlier >= 0) {
                tar.symlink(folder + "/layer.tar", "../" + files.get(earlier));
            } else {
                tar.file(folder + "/layer.tar", layers.get(i), 0644);
            }
            seen.add(diffId);
            files.add(folder + "/layer.tar");
        }
        String configFile = id().hex() + ".json";
        tar.file(configFile, config, 0644);
        tar.file("manifest.json", "[" + TinyImages.manifestEntry(configFile, names, files) + "]");
        return tar.file("repositories", TinyImages.repositories(names, folder)).bytes();
    }
}
