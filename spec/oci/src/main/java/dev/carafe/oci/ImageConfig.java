package dev.carafe.oci;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The configuration blob of an image, whose digest is the image's id (image-spec config.md, with
/// docker's additions).
///
/// @param config what containers of the image start with; empty when the document has none
/// @param rootfs the digests of the uncompressed layers
/// @param history one line per build step, oldest first
/// @param dockerVersion docker's `docker_version`, the builder that wrote it
@Json
public record ImageConfig(
        @Nullable Instant created,
        @Nullable String author,
        String architecture,
        @Nullable String variant,
        String os,
        @Json.Property("os.version") @Nullable String osVersion,
        @Json.Property("os.features") @Nullable List<String> osFeatures,
        RunConfig config,
        RootFs rootfs,
        List<History> history,
        @Nullable String comment,
        @Json.Property("docker_version") @Nullable String dockerVersion) {
    public ImageConfig {
        architecture = architecture == null ? "" : architecture;
        os = os == null ? "" : os;
        config = config == null ? RunConfig.EMPTY : config;
        rootfs = rootfs == null ? new RootFs("layers", List.of()) : rootfs;
        history = history == null ? List.of() : List.copyOf(history);
    }

    public Platform platform() {
        return new Platform(architecture, os, osVersion, osFeatures, variant);
    }

    /// @param type always `layers`
    /// @param diffIds digests of the uncompressed layer tars, lowest first
    @Json
    public record RootFs(String type, @Json.Property("diff_ids") List<Digest> diffIds) {
        public RootFs {
            type = type == null ? "layers" : type;
            diffIds = diffIds == null ? List.of() : List.copyOf(diffIds);
        }
    }

    /// One build step.
    ///
    /// @param emptyLayer true when the step made no layer, so that no diff id belongs to it
    @Json
    public record History(
            @Nullable Instant created,
            @Json.Property("created_by") @Nullable String createdBy,
            @Nullable String author,
            @Nullable String comment,
            @Json.Property("empty_layer") boolean emptyLayer) {}
}
