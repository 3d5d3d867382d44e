package dev.carafe.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.ImageConfig.History;
import dev.carafe.oci.ImageConfig.RootFs;
import dev.carafe.oci.Index;
import dev.carafe.oci.OciJson;
import dev.carafe.oci.RunConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Makes images of a few kilobytes for tests.
///
/// ```java
/// TinyImage image = TinyImages.named("app:1").layer(new TinyTar().file("hello", "hi")).cmd("/hello").build();
/// byte[] archive = image.dockerArchive();
/// ```
public final class TinyImages {
    private TinyImages() {}

    /// An image with these names (`app:1`) and nothing else yet.
    public static Builder named(String... names) {
        return new Builder(List.of(names));
    }

    /// An image with one layer of one small file.
    public static TinyImage simple(String name) {
        return named(name)
                .layer(new TinyTar().dir("etc").file("etc/name", name + "\n"))
                .cmd("/bin/true")
                .build();
    }

    /// Several images in one archive of docker's new form; blobs that they share occur once.
    public static byte[] dockerArchive(List<TinyImage> images) {
        TinyTar tar = new TinyTar().dir("blobs").dir("blobs/sha256");
        List<Descriptor> entries = new ArrayList<>();
        List<String> table = new ArrayList<>();
        List<String> repositories = new ArrayList<>();
        for (TinyImage image : images) {
            Descriptor manifest = image.putBlobs(tar, Packing.PLAIN);
            for (String name : image.names()) {
                entries.add(
                        manifest.withAnnotations(
                                Map.of(
                                        "io.containerd.image.name",
                                        "docker.io/library/" + name,
                                        "org.opencontainers.image.ref.name",
                                        name.substring(name.indexOf(':') + 1))));
            }
            if (image.names().isEmpty()) {
                entries.add(manifest);
            }
            List<String> files =
                    image.diffIds().stream().map(d -> "blobs/sha256/" + d.hex()).toList();
            table.add(manifestEntry("blobs/sha256/" + image.id().hex(), image.names(), files));
            repositories.add(TinyImages.repositories(image.names(), image.id().hex()));
        }
        return tar.file("index.json", OciJson.write(Index.class, Index.of(entries)), 0644)
                .file("manifest.json", "[" + String.join(",", table) + "]")
                .file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}")
                .file("repositories", repositories.getFirst())
                .bytes();
    }

    static String manifestEntry(String config, List<String> names, List<String> layers) {
        return "{\"Config\":\""
                + config
                + "\",\"RepoTags\":"
                + (names.isEmpty() ? "null" : quoted(names))
                + ",\"Layers\":"
                + quoted(layers)
                + "}";
    }

    static String repositories(List<String> names, String top) {
        return names.stream()
                .map(name ->
                        "\""
                                + name.substring(0, name.lastIndexOf(':'))
                                + "\":{\""
                                + name.substring(name.lastIndexOf(':') + 1)
                                + "\":\""
                                + top
                                + "\"}")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(List<String> values) {
        return values.stream().map(v -> "\"" + v + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    /// Collects an image's parts.
    public static final class Builder {
        private final List<String> names;
        private final List<byte[]> layers = new ArrayList<>();
        private final List<History> history = new ArrayList<>();
        private List<String> env = List.of("PATH=/usr/bin:/bin");
        private List<String> cmd = List.of();
        private Map<String, String> labels = Map.of();
        private Instant created = Instant.parse("2024-01-02T03:04:05Z");
        private String architecture = "amd64";

        private Builder(List<String> names) {
            this.names = names;
        }

        /// Adds a layer on top.
        public Builder layer(TinyTar tar) {
            return layer(tar.bytes());
        }

        /// Adds any bytes as a layer on top.
        public Builder layer(byte[] tar) {
            layers.add(tar);
            history.add(new History(created, "COPY layer " + layers.size(), null, null, false));
            return this;
        }

        public Builder cmd(String... words) {
            cmd = List.of(words);
            return this;
        }

        public Builder env(String... lines) {
            env = List.of(lines);
            return this;
        }

        public Builder labels(Map<String, String> values) {
            labels = values;
            return this;
        }

        public Builder created(Instant moment) {
            created = moment;
            return this;
        }

        public Builder architecture(String name) {
            architecture = name;
            return this;
        }

        public TinyImage build() {
            history.add(new History(created, "CMD " + cmd, null, "the end", true));
            RunConfig run =
                    new RunConfig(
                            null, null, null, null, env, null, cmd, null, "/", labels, null, null,
                            null, null, null, null);
            List<Digest> diffIds = layers.stream().map(Digest::of).toList();
            ImageConfig config =
                    new ImageConfig(
                            created,
                            null,
                            architecture,
                            null,
                            "linux",
                            null,
                            null,
                            run,
                            new RootFs("layers", diffIds),
                            history,
                            null,
                            null);
            return new TinyImage(
                    names, OciJson.write(ImageConfig.class, config), List.copyOf(layers));
        }
    }

    /// Bytes of a text, for entries.
    static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
