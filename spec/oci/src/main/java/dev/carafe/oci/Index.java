package dev.carafe.oci;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A list of manifests: one image for several platforms, or the table of contents of an OCI layout
/// (image-spec image-index.md).
@Json
public record Index(
        int schemaVersion,
        @Nullable String mediaType,
        @Nullable String artifactType,
        List<Descriptor> manifests,
        @Nullable Descriptor subject,
        @Nullable Map<String, String> annotations) {
    public Index {
        manifests = manifests == null ? List.of() : List.copyOf(manifests);
    }

    public static Index of(List<Descriptor> manifests) {
        return of(manifests, Map.of());
    }

    public static Index of(List<Descriptor> manifests, Map<String, String> annotations) {
        return new Index(
                2,
                MediaTypes.OCI_INDEX,
                null,
                manifests,
                null,
                annotations.isEmpty() ? null : new TreeMap<>(annotations));
    }
}
