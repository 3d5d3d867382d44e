package dev.carafe.images;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.images.format.LegacyImage;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.ImageConfig.History;
import dev.carafe.oci.ImageConfig.RootFs;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import io.avaje.jsonb.Types;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads what `docker save` wrote before version 1.10: a folder for each layer with `json` and
/// `layer.tar` in it, each layer an image with an id that means nothing today, and a table
/// `repositories` of the names. The images are those that have a name, and those that no other one
/// stands on.
final class LegacyArchive {
    private static final String TABLE = "repositories";
    private static final String CONFIG = "/json";
    private static final int MOST_LAYERS = 1000;

    private final ArchiveFiles files;
    private final Map<String, LegacyImage> layers = new HashMap<>();

    LegacyArchive(ArchiveFiles files) {
        this.files = files;
    }

    /// Whether it looks like one.
    static boolean isOne(ArchiveFiles files) {
        return files.has(TABLE) && files.paths().stream().anyMatch(LegacyArchive::isConfig);
    }

    private static boolean isConfig(String path) {
        return path.endsWith(CONFIG) && path.indexOf('/') == path.length() - CONFIG.length();
    }

    /// @throws InvalidArgument `invalid target ID: x` for a name of what is not there, or for a
    ///   layer that stands on none of the archive
    List<ArchivedImage> images() throws IOException {
        Set<String> tops = new TreeSet<>();
        for (String path : files.paths()) {
            if (isConfig(path)) {
                String id = path.substring(0, path.length() - CONFIG.length());
                layers.put(id, LegacyImage.read(files.document(path)));
                tops.add(id);
            }
        }
        layers.values().forEach(layer -> tops.remove(String.valueOf(layer.parent())));
        Map<String, List<ImageReference>> names = names();
        tops.addAll(names.keySet());
        Map<String, ArchivedImage> images = new TreeMap<>();
        for (String id : tops) {
            images.put(id, image(id, names.getOrDefault(id, List.of())));
        }
        return withParents(images);
    }

    private Map<String, List<ImageReference>> names() throws IOException {
        Map<String, List<ImageReference>> names = new HashMap<>();
        for (Map.Entry<String, Map<String, String>> repository : table().entrySet()) {
            for (Map.Entry<String, String> tag : repository.getValue().entrySet()) {
                if (!layers.containsKey(tag.getValue())) {
                    throw new InvalidArgument("invalid target ID: " + tag.getValue());
                }
                names.computeIfAbsent(tag.getValue(), none -> new ArrayList<>())
                        .add(ImageReference.parse(repository.getKey()).withTag(tag.getKey()));
            }
        }
        return names;
    }

    private Map<String, Map<String, String>> table() throws IOException {
        try {
            Map<String, Map<String, String>> table =
                    Jsonb.instance()
                            .<Map<String, Map<String, String>>>type(
                                    Types.mapOf(Types.mapOf(String.class)))
                            .fromJson(files.document(TABLE));
            return table == null ? Map.of() : table;
        } catch (JsonException | IllegalStateException e) {
            throw new InvalidArgument(Subject.NONE, TABLE + " is not valid: " + e.getMessage(), e);
        }
    }

    private ArchivedImage image(String id, List<ImageReference> names) throws IOException {
        List<String> chain = chain(id);
        List<String> paths = new ArrayList<>();
        List<Digest> diffIds = new ArrayList<>();
        List<History> history = new ArrayList<>();
        for (String layer : chain) {
            paths.add(layer + "/layer.tar");
            diffIds.add(files.diffId(paths.getLast()));
            history.add(layer(layer).history(files.document(layer + CONFIG)));
        }
        ImageConfig config =
                layer(id)
                        .config(
                                files.document(id + CONFIG),
                                new RootFs("layers", diffIds),
                                history);
        return new ArchivedImage(
                OciJson.write(ImageConfig.class, config),
                null,
                MediaTypes.OCI_MANIFEST,
                paths,
                names,
                null);
    }

    /// The layers that one stands on, lowest first, and itself.
    private List<String> chain(String id) {
        Set<String> chain = new LinkedHashSet<>();
        @Nullable String at = id;
        while (at != null && !at.isEmpty()) {
            if (!chain.add(at) || chain.size() > MOST_LAYERS) {
                throw new InvalidArgument("the layers of " + id + " stand on each other");
            }
            at = layer(at).parent();
        }
        return new ArrayList<>(chain).reversed();
    }

    private LegacyImage layer(String id) {
        LegacyImage layer = layers.get(id);
        if (layer == null) {
            throw new InvalidArgument("the archive has no \"" + id + CONFIG + "\"");
        }
        return layer;
    }

    /// What one was made of is known where that is an image too.
    private List<ArchivedImage> withParents(Map<String, ArchivedImage> images) {
        List<ArchivedImage> all = new ArrayList<>();
        images.forEach((id, image) -> {
            ArchivedImage parent = images.get(String.valueOf(layer(id).parent()));
            all.add(parent == null ? image : image.withParent(parent.id()));
        });
        return all;
    }
}
