package dev.carafe.oci;

import dev.carafe.base.InvalidArgument;
import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One image: its configuration and its layers, lowest first (image-spec manifest.md; docker's
/// schema 2 has the same shape).
@Json
public record Manifest(
        int schemaVersion,
        @Nullable String mediaType,
        @Nullable String artifactType,
        Descriptor config,
        List<Descriptor> layers,
        @Nullable Descriptor subject,
        @Nullable Map<String, String> annotations) {
    public Manifest {
        if (config == null) {
            throw new InvalidArgument("manifest without config");
        }
        layers = layers == null ? List.of() : List.copyOf(layers);
    }

    public static Manifest of(Descriptor config, List<Descriptor> layers) {
        return new Manifest(2, MediaTypes.OCI_MANIFEST, null, config, layers, null, null);
    }
}
