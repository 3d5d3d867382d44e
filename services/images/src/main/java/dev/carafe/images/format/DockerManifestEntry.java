package dev.carafe.images.format;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.base.json.JsonText;
import dev.carafe.oci.Descriptor;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Json;
import io.avaje.jsonb.Jsonb;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One image in the `manifest.json` of a `docker save` archive.
///
/// @param config path of the configuration in the archive
/// @param repoTags familiar names with tag; null when there is none
/// @param layers paths of the layers, lowest first
/// @param layerSources diff id -> descriptor of the stored layer, since docker 24
@Json
public record DockerManifestEntry(
        @Json.Property("Config") String config,
        @Json.Property("RepoTags") @Nullable List<String> repoTags,
        @Json.Property("Layers") List<String> layers,
        @Json.Property("LayerSources") @Nullable Map<String, Descriptor> layerSources) {
    private static final Jsonb READER = Jsonb.builder().adapter(JsonText.stream()).build();
    private static final Jsonb WRITER =
            Jsonb.builder().adapter(JsonText.stream(true, true)).build();

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
        return WRITER.type(DockerManifestEntry.class).list().toJsonBytes(entries);
    }
}
