package dev.carafe.images.format;

import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.ImageConfig.History;
import dev.carafe.oci.ImageConfig.RootFs;
import dev.carafe.oci.OciJson;
import dev.carafe.oci.Platform;
import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is of interest in the `json` of a layer in an archive of docker's before version 1.10,
/// where each layer was an image (moby, image/spec/v1.md).
///
/// @param parent id of the layer below, null for the lowest
/// @param step the command that made it; null when nobody knows
@Json
public record LegacyImage(
        @Nullable String parent,
        @Nullable String os,
        @Json.Property("container_config") @Nullable Step step) {
    /// The container that the layer was made with.
    @Json
    public record Step(@Json.Property("Cmd") @Nullable List<String> command) {}

    /// @throws InvalidArgument when the bytes are none, or of another system
    public static LegacyImage read(byte[] json) {
        LegacyImage image = OciJson.read(LegacyImage.class, json);
        if (image.os != null && !image.os.isEmpty() && !image.os.equals("linux")) {
            throw new InvalidArgument("cannot load " + image.os + " image on linux");
        }
        return image;
    }

    /// The configuration as images have it today.
    ///
    /// @param json what this was read of
    /// @param rootfs all layers
    /// @param below the history of the layers below
    public ImageConfig config(byte[] json, RootFs rootfs, List<History> below) {
        ImageConfig old = OciJson.config(json);
        return new ImageConfig(
                old.created(),
                old.author(),
                old.architecture().isEmpty() ? Platform.host().architecture() : old.architecture(),
                old.variant(),
                old.os().isEmpty() ? "linux" : old.os(),
                old.osVersion(),
                old.osFeatures(),
                old.config(),
                rootfs,
                below,
                old.comment(),
                old.dockerVersion());
    }

    /// The layer's own line of history.
    public History history(byte[] json) {
        ImageConfig old = OciJson.config(json);
        List<String> command = step == null ? null : step.command();
        return new History(
                old.created(),
                command == null ? null : String.join(" ", command),
                old.author(),
                old.comment(),
                false);
    }
}
