package dev.carafe.images;

import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.images.archive.TarWriter;
import dev.carafe.images.format.DockerManifestEntry;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Index;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import dev.carafe.snapshots.LayerInfo;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes images into a tar archive that every docker, podman and OCI tool can read: an OCI layout
/// with docker's `manifest.json` and `repositories` in it, layers uncompressed, as docker does
/// since version 25. The tables come first, so that a reader may unpack while it reads. Equal
/// images give equal archives.
public final class SaveImages {
    private static final int PIECE = 64 << 10;
    private final ImageStore store;

    public SaveImages(ImageStore store) {
        this.store = store;
    }

    /// @param names references, ids or id prefixes; a repository without tag stands for all its
    ///   tags
    /// @param tar not closed
    /// @throws dev.carafe.base.NotFound before the first byte when a name leads nowhere
    public void save(List<String> names, OutputStream tar) {
        save(tar, items(names));
    }

    /// Writes one image.
    ///
    /// @param names that the archive gives it, whatever the store calls it
    /// @param tar not closed
    public void save(Image image, List<ImageReference> names, OutputStream tar) {
        save(image, ImageForm.AS_IT_IS, names, tar);
    }

    /// The same in a form of its own. Archives have OCI's media types in any.
    public void save(Image image, ImageForm form, List<ImageReference> names, OutputStream tar) {
        save(tar, List.of(new Item(image, form, store, new LinkedHashSet<>(names))));
    }

    /// Writes one image for several platforms: an OCI layout with an index that the names lead to.
    ///
    /// @param images one for each platform, with its form
    /// @param annotations of the index
    /// @param names that the archive gives it
    /// @param tar not closed
    public void saveAsOne(
            Map<Image, ImageForm> images,
            Map<String, String> annotations,
            List<ImageReference> names,
            OutputStream tar) {
        List<Item> items = new ArrayList<>();
        images.forEach(
                (image, form) -> items.add(new Item(image, form, store, new LinkedHashSet<>())));
        List<Descriptor> parts =
                items.stream()
                        .map(item ->
                                item.form.described(
                                        item.manifest().withPlatform(item.image.platform())))
                        .toList();
        byte[] index = OciJson.write(Index.class, Index.of(parts, annotations));
        Descriptor whole = Descriptor.of(MediaTypes.OCI_INDEX, Digest.of(index), index.length);
        save(
                tar,
                List.copyOf(items),
                out -> {
                    out.file(
                            "index.json",
                            OciJson.write(Index.class, Index.of(named(whole, names))));
                    directories(out);
                    out.file(path(whole.digest()), index);
                });
    }

    /// Writes what comes before the images' own parts.
    @FunctionalInterface
    private interface Tables {
        void write(TarWriter tar) throws IOException;
    }

    private void save(OutputStream tar, List<Item> items) {
        save(
                tar,
                items,
                out -> {
                    out.file("index.json", index(items));
                    out.file(
                            "manifest.json",
                            DockerManifestEntry.write(items.stream().map(Item::entry).toList()));
                    out.file("repositories", repositories(items));
                    directories(out);
                });
    }

    private static void directories(TarWriter tar) throws IOException {
        tar.directory("blobs");
        tar.directory("blobs/sha256");
    }

    private void save(OutputStream tar, List<Item> items, Tables tables) {
        try (LayerHold hold = store.hold()) {
            items.forEach(item -> item.image.layers().forEach(hold::keep));
            BufferedOutputStream out = new BufferedOutputStream(tar, PIECE);
            write(items, tables, new TarWriter(out));
            out.flush();
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "save images: " + e.getMessage(), e);
        }
    }

    /// Which images, each once, with the names it was asked by.
    private List<Item> items(List<String> names) {
        Map<Digest, Item> items = new LinkedHashMap<>();
        for (String name : names) {
            store.namesInRepository(name)
                    .forEach(reference -> add(items, store.get(reference.full()), reference));
            if (store.namesInRepository(name).isEmpty()) {
                Image image = store.get(name);
                boolean byId = Lookup.meansId(image.id(), name);
                add(items, image, byId ? null : ImageReference.parse(name).withDefaultTag());
            }
        }
        return List.copyOf(items.values());
    }

    private void add(Map<Digest, Item> items, Image image, @Nullable ImageReference name) {
        Item item =
                items.computeIfAbsent(
                        image.id(),
                        id -> new Item(image, ImageForm.AS_IT_IS, store, new LinkedHashSet<>()));
        if (name != null && name.tag() != null) {
            item.names.add(name);
        }
    }

    private static void write(List<Item> items, Tables tables, TarWriter tar) throws IOException {
        tar.file(
                "oci-layout",
                "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
        tables.write(tar);
        Set<Digest> written = new LinkedHashSet<>();
        for (Item item : items) {
            blob(tar, written, item.config);
            blob(tar, written, item.manifest);
        }
        for (Item item : items) {
            for (LayerInfo layer : item.layers) {
                if (written.add(layer.diffId())) {
                    tar.file(
                            path(layer.diffId()),
                            layer.tarBytes(),
                            0644,
                            out -> item.store.snapshots().layerTar(layer.chainId(), out));
                }
            }
        }
        tar.finish();
    }

    private static void blob(TarWriter tar, Set<Digest> written, byte[] bytes) throws IOException {
        Digest digest = Digest.of(bytes);
        if (written.add(digest)) {
            tar.file(path(digest), bytes);
        }
    }

    private static byte[] index(List<Item> items) {
        List<Descriptor> manifests = new ArrayList<>();
        items.forEach(item -> manifests.addAll(named(item.manifest(), List.copyOf(item.names))));
        return OciJson.write(Index.class, Index.of(manifests));
    }

    /// Once for each name, or once without.
    private static List<Descriptor> named(Descriptor plain, List<ImageReference> names) {
        return names.isEmpty()
                ? List.of(plain)
                : names.stream().map(name -> plain.withAnnotations(annotations(name))).toList();
    }

    private static Map<String, String> annotations(ImageReference name) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("io.containerd.image.name", name.full());
        annotations.put("org.opencontainers.image.ref.name", String.valueOf(name.tag()));
        return annotations;
    }

    /// `{"busybox":{"latest":"<top layer>"}}`: read by tools older than manifest.json.
    private static byte[] repositories(List<Item> items) {
        Map<String, Map<String, String>> all = new TreeMap<>();
        for (Item item : items) {
            String top =
                    item.image
                            .topLayer()
                            .map(layer -> layer.digest().hex())
                            .orElse(item.image.id().hex());
            for (ImageReference name : item.names) {
                all.computeIfAbsent(name.familiarName(), key -> new TreeMap<>())
                        .put(String.valueOf(name.tag()), top);
            }
        }
        // names and tags have no character that JSON escapes
        return all.entrySet().stream()
                .map(repository ->
                        repository.getValue().entrySet().stream()
                                .map(tag -> "\"" + tag.getKey() + "\":\"" + tag.getValue() + "\"")
                                .collect(
                                        Collectors.joining(
                                                ",", "\"" + repository.getKey() + "\":{", "}")))
                .collect(Collectors.joining(",", "{", "}\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String path(Digest digest) {
        return "blobs/" + digest.algorithm() + "/" + digest.hex();
    }

    private static final class Item {
        private final Image image;
        private final ImageForm form;
        private final ImageStore store;
        private final Set<ImageReference> names;
        private final byte[] config;
        private final List<LayerInfo> layers;
        private final byte[] manifest;

        Item(Image image, ImageForm form, ImageStore store, Set<ImageReference> names) {
            this.image = image;
            this.form = form;
            this.store = store;
            this.names = names;
            this.config = store.configBytes(image);
            this.layers = store.layers(image);
            this.manifest = OciJson.write(Manifest.class, described());
        }

        Descriptor manifest() {
            return Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.of(manifest), manifest.length);
        }

        private Manifest described() {
            Manifest plain = NewImage.plainManifest(config, sizes());
            return form.annotations().isEmpty()
                    ? plain
                    : new ImageForm(ImageForm.Type.OCI, form.annotations(), Map.of())
                            .manifest(plain.config(), plain.layers());
        }

        private List<Long> sizes() {
            return layers.stream().map(LayerInfo::tarBytes).toList();
        }

        DockerManifestEntry entry() {
            List<String> tags = names.stream().map(ImageReference::familiar).toList();
            Map<String, Descriptor> sources = new LinkedHashMap<>();
            for (LayerInfo layer : layers) {
                sources.put(
                        layer.diffId().toString(),
                        Descriptor.of(MediaTypes.OCI_LAYER, layer.diffId(), layer.tarBytes()));
            }
            List<String> paths = layers.stream().map(layer -> path(layer.diffId())).toList();
            return new DockerManifestEntry(
                    path(image.id()), tags.isEmpty() ? null : tags, paths, sources);
        }
    }
}
