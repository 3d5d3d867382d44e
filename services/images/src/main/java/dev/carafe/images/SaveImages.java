package dev.carafe.images;

import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.images.Attachment.Attached;
import dev.carafe.images.PackedLayers.Packed;
import dev.carafe.images.archive.TarWriter;
import dev.carafe.images.format.DockerManifestEntry;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Index;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
/// images give equal archives, whose files are as old as the images, the tables from 1970, as
/// docker's are.
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
        try (PackedLayers packed = new PackedLayers(store)) {
            save(tar, items(names, packed));
        }
    }

    /// Writes one image.
    ///
    /// @param names that the archive gives it, whatever the store calls it
    /// @param tar not closed
    public void save(Image image, List<ImageReference> names, OutputStream tar) {
        save(image, ImageForm.AS_IT_IS, names, tar);
    }

    /// The same in a form of its own. Archives have OCI's media types in any, and layers without a
    /// packing of their own are plain.
    ///
    /// @return what leads to the image in the archive
    public Descriptor save(
            Image image, ImageForm form, List<ImageReference> names, OutputStream tar) {
        if (form.needsIndex()) {
            return saveAsOne(Map.of(image, form), IndexForm.PLAIN, names, tar);
        }
        try (LayerHold hold = hold(List.of(image));
                PackedLayers packed = new PackedLayers(store)) {
            SavedImage item =
                    new SavedImage(store, image, form, packed, new LinkedHashSet<>(names));
            save(tar, List.of(item));
            return item.manifest();
        }
    }

    private LayerHold hold(Collection<Image> images) {
        LayerHold hold = store.hold();
        images.forEach(image -> image.layers().forEach(hold::keep));
        return hold;
    }

    /// Writes one image for several platforms, with what is said of each: an OCI layout with an
    /// index that the names lead to.
    ///
    /// @param images one for each platform, with its form
    /// @param top annotations of the index, and of what leads to it
    /// @param names that the archive gives it
    /// @param tar not closed
    /// @return what leads to the index
    public Descriptor saveAsOne(
            Map<Image, ImageForm> images,
            IndexForm top,
            List<ImageReference> names,
            OutputStream tar) {
        try (LayerHold hold = hold(images.keySet());
                PackedLayers packed = new PackedLayers(store)) {
            List<SavedImage> items = new ArrayList<>();
            images.forEach((image, form) ->
                    items.add(new SavedImage(store, image, form, packed, new LinkedHashSet<>())));
            return saveAsOne(items, top, names, tar);
        }
    }

    private Descriptor saveAsOne(
            List<SavedImage> items, IndexForm top, List<ImageReference> names, OutputStream tar) {
        List<Descriptor> parts = new ArrayList<>();
        items.forEach(item ->
                parts.add(
                        item.form.described(item.manifest().withPlatform(item.image.platform()))));
        List<Attached> attached = items.stream().flatMap(item -> item.attached().stream()).toList();
        attached.forEach(one -> parts.add(one.listed()));
        byte[] index = OciJson.write(Index.class, Index.of(parts, top.annotations()));
        Descriptor whole =
                top.described(Descriptor.of(MediaTypes.OCI_INDEX, Digest.of(index), index.length));
        save(
                tar,
                List.copyOf(items),
                out -> {
                    out.file(
                            "index.json",
                            OciJson.write(Index.class, Index.of(named(whole, names))));
                    directories(out);
                    out.file(path(whole.digest()), index);
                    attached(out, attached);
                });
        return whole;
    }

    private static void attached(TarWriter tar, List<Attached> all) throws IOException {
        Set<Digest> written = new LinkedHashSet<>();
        for (Attached one : all) {
            blob(tar, written, one.manifest());
            for (Attachment.Part part : one.blobs()) {
                blob(tar, written, part.bytes());
            }
        }
    }

    /// Writes what comes before the images' own parts.
    @FunctionalInterface
    private interface Tables {
        void write(TarWriter tar) throws IOException;
    }

    private void save(OutputStream tar, List<SavedImage> items) {
        save(
                tar,
                items,
                out -> {
                    out.file("index.json", index(items));
                    out.file(
                            "manifest.json",
                            DockerManifestEntry.write(
                                    items.stream().map(item -> item.entry(items)).toList()));
                    out.file("repositories", repositories(items));
                    out.time(items.isEmpty() ? Instant.EPOCH : items.getLast().time);
                    directories(out);
                });
    }

    private static void directories(TarWriter tar) throws IOException {
        tar.directory("blobs");
        tar.directory("blobs/sha256");
    }

    private void save(OutputStream tar, List<SavedImage> items, Tables tables) {
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
    private List<SavedImage> items(List<String> names, PackedLayers packed) {
        Map<Digest, SavedImage> items = new LinkedHashMap<>();
        for (String name : names) {
            store.namesInRepository(name)
                    .forEach(reference ->
                            add(items, store.get(reference.full()), reference, packed));
            if (store.namesInRepository(name).isEmpty()) {
                Image image = store.get(name);
                boolean byId = Lookup.meansId(image.id(), name);
                ImageReference reference =
                        byId ? null : ImageReference.parse(name).withDefaultTag();
                add(items, image, reference, packed);
            }
        }
        return List.copyOf(items.values());
    }

    private void add(
            Map<Digest, SavedImage> items,
            Image image,
            @Nullable ImageReference name,
            PackedLayers packed) {
        SavedImage item =
                items.computeIfAbsent(
                        image.id(),
                        id ->
                                new SavedImage(
                                                store,
                                                image,
                                                ImageForm.AS_IT_IS,
                                                packed,
                                                new LinkedHashSet<>())
                                        .at(image.created()));
        if (name != null && name.tag() != null) {
            item.names.add(name);
        }
    }

    private static void write(List<SavedImage> items, Tables tables, TarWriter tar)
            throws IOException {
        tar.file(
                "oci-layout",
                "{\"imageLayoutVersion\": \"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
        tables.write(tar);
        Set<Digest> written = new LinkedHashSet<>();
        for (SavedImage item : items) {
            tar.time(item.time);
            blob(tar, written, item.config);
            tar.time(Instant.EPOCH);
            blob(tar, written, item.manifest);
        }
        for (SavedImage item : items) {
            tar.time(item.time);
            for (Packed layer : item.packed) {
                Descriptor blob = layer.blob();
                if (written.add(blob.digest())) {
                    tar.file(path(blob.digest()), blob.size(), 0644, layer.body());
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

    private static byte[] index(List<SavedImage> items) {
        List<Descriptor> manifests = new ArrayList<>();
        items.forEach(item ->
                manifests.addAll(
                        named(item.form.described(item.manifest()), List.copyOf(item.names))));
        return OciJson.write(Index.class, Index.of(manifests));
    }

    /// Once for each name, or once without.
    private static List<Descriptor> named(Descriptor plain, List<ImageReference> names) {
        return names.isEmpty()
                ? List.of(plain)
                : names.stream().map(name -> named(plain, name)).toList();
    }

    private static Descriptor named(Descriptor plain, ImageReference name) {
        Map<String, String> annotations = new LinkedHashMap<>();
        if (plain.annotations() != null) {
            annotations.putAll(plain.annotations());
        }
        annotations.put("io.containerd.image.name", name.full());
        annotations.put("org.opencontainers.image.ref.name", String.valueOf(name.tag()));
        return plain.withAnnotations(annotations);
    }

    /// `{"busybox":{"latest":"<top layer>"}}`: read by tools older than manifest.json.
    private static byte[] repositories(List<SavedImage> items) {
        Map<String, Map<String, String>> all = new TreeMap<>();
        for (SavedImage item : items) {
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

    static String path(Digest digest) {
        return "blobs/" + digest.algorithm() + "/" + digest.hex();
    }
}
