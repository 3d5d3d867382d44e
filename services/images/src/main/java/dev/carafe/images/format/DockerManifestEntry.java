package dev.carafe.images.format;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.base.json.JsonString;
import dev.carafe.base.json.JsonText;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.OciJson;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Json;
import io.avaje.jsonb.Jsonb;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One image in the `manifest.json` of a `docker save` archive.
///
/// @param config path of the configuration in the archive
/// @param repoTags familiar names with tag; null when there is none
/// @param layers paths of the layers, lowest first
/// @param parent id of the image that it was made of, when the archive has that too
/// @param layerSources diff id -> descriptor of the stored layer, since docker 24
@Json
public record DockerManifestEntry(
        @Json.Property("Config") String config,
        @Json.Property("RepoTags") @Nullable List<String> repoTags,
        @Json.Property("Layers") List<String> layers,
        @Json.Property("Parent") @Nullable Digest parent,
        @Json.Property("LayerSources") @Nullable Map<String, Descriptor> layerSources) {
    private static final Jsonb READER = Jsonb.builder().adapter(JsonText.stream()).build();

    public DockerManifestEntry {
        if (config == null) {
            throw new InvalidArgument("manifest.json: an image without Config");
        }
        layers = layers == null ? List.of() : List.copyOf(layers);
    }

    /// @throws InvalidArgument when the bytes are no such table
    public static List<DockerManifestEntry> read(byte[] json) {
        try {
            List<DockerManifestEntry> entries =
                    READER.type(DockerManifestEntry.class).list().fromJson(json);
            return entries == null ? List.of() : entries;
        } catch (JsonException | IllegalStateException | NullPointerException e) {
            throw new InvalidArgument(
                    Subject.NONE, "manifest.json is not valid: " + e.getMessage(), e);
        }
    }

    /// The table's JSON; `RepoTags` is null where there is none, as docker writes it.
    public static byte[] write(List<DockerManifestEntry> entries) {
        return entries.stream()
                .map(DockerManifestEntry::json)
                .collect(Collectors.joining(",", "[", "]\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private String json() {
        StringBuilder json = new StringBuilder("{\"Config\":");
        json.append(JsonString.quoted(config)).append(",\"RepoTags\":");
        json.append(repoTags == null ? "null" : strings(repoTags));
        json.append(",\"Layers\":").append(strings(layers));
        if (parent != null) {
            json.append(",\"Parent\":").append(JsonString.quoted(parent.toString()));
        }
        if (layerSources != null && !layerSources.isEmpty()) {
            json.append(",\"LayerSources\":").append(sources(layerSources));
        }
        return json.append('}').toString();
    }

    private static String strings(List<String> texts) {
        return texts.stream().map(JsonString::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    private static String sources(Map<String, Descriptor> layers) {
        return layers.entrySet().stream()
                .map(layer ->
                        JsonString.quoted(layer.getKey())
                                + ":"
                                + new String(
                                        OciJson.write(Descriptor.class, layer.getValue()),
                                        StandardCharsets.UTF_8))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
