package dev.carafe.registryserver.routes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.Index;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import dev.carafe.registryserver.http.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a registry must know of a manifest or index.
///
/// @param blobs that must be there before it
/// @param artifactType of a referrer: its own, else its configuration's
record Summary(
        List<Descriptor> blobs,
        Optional<Digest> subject,
        @Nullable String artifactType,
        @Nullable Map<String, String> annotations) {

    /// @param type the media type that it came with
    /// @throws ApiError MANIFEST_INVALID
    static Summary of(String type, byte[] bytes) {
        try {
            if (MediaTypes.isIndex(type)) {
                Index index = OciJson.index(bytes);
                same(type, index.mediaType());
                return new Summary(
                        List.of(),
                        digest(index.subject()),
                        index.artifactType(),
                        index.annotations());
            }
            if (MediaTypes.isManifest(type)) {
                return of(type, OciJson.manifest(bytes));
            }
        } catch (InvalidArgument e) {
            throw invalid(e.text());
        }
        throw invalid("unknown media type: \"" + type + "\"");
    }

    private static Summary of(String type, Manifest manifest) {
        same(type, manifest.mediaType());
        List<Descriptor> blobs = new ArrayList<>();
        blobs.add(manifest.config());
        manifest.layers().stream().filter(layer -> !isElsewhere(layer)).forEach(blobs::add);
        String artifact = manifest.artifactType();
        return new Summary(
                blobs,
                digest(manifest.subject()),
                artifact == null || artifact.isEmpty() ? manifest.config().mediaType() : artifact,
                manifest.annotations());
    }

    /// Layers that no registry may keep are fetched from where their makers have them.
    private static boolean isElsewhere(Descriptor layer) {
        return layer.mediaType().contains(".nondistributable.")
                || layer.mediaType().contains(".foreign.")
                || layer.urls() != null && !layer.urls().isEmpty();
    }

    private static void same(String header, @Nullable String inside) {
        if (inside != null && !inside.isEmpty() && !inside.equals(header)) {
            throw invalid(
                    "the manifest says it is \"" + inside + "\", the request \"" + header + "\"");
        }
    }

    private static Optional<Digest> digest(@Nullable Descriptor subject) {
        return Optional.ofNullable(subject).map(Descriptor::digest);
    }

    private static ApiError invalid(String why) {
        return new ApiError(400, "MANIFEST_INVALID", "manifest invalid: " + why);
    }
}
