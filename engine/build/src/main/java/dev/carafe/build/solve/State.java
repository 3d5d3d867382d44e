package dev.carafe.build.solve;

import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.ImageConfig.History;
import dev.carafe.oci.ImageConfig.RootFs;
import dev.carafe.oci.OciJson;
import dev.carafe.oci.Platform;
import dev.carafe.oci.RunConfig;
import dev.carafe.snapshots.ChainId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a stage is after some step: an image that nobody needs to have stored.
///
/// @param id of the image; null at the beginning of a stage from scratch
/// @param layers chain ids, lowest first
record State(@Nullable Digest id, ImageConfig config, List<ChainId> layers) {
    State {
        layers = List.copyOf(layers);
    }

    static State scratch(Platform platform) {
        return new State(
                null,
                new ImageConfig(
                        null,
                        null,
                        platform.architecture(),
                        platform.variant(),
                        platform.os(),
                        platform.osVersion(),
                        platform.osFeatures(),
                        RunConfig.EMPTY,
                        new RootFs("layers", List.of()),
                        List.of(),
                        null,
                        null),
                List.of());
    }

    @Nullable ChainId top() {
        return layers.isEmpty() ? null : layers.getLast();
    }

    String idText() {
        return id == null ? "" : id.toString();
    }

    byte[] bytes() {
        return OciJson.write(ImageConfig.class, config);
    }

    /// After a step.
    ///
    /// @param line of the history, null for none; whether it has a layer is not looked at
    /// @param layer null when the step made none
    State with(
            RunConfig run,
            @Nullable String author,
            Instant created,
            @Nullable History line,
            @Nullable ChainId layer,
            @Nullable Digest diffId) {
        List<History> history = new ArrayList<>(config.history());
        if (line != null) {
            history.add(
                    new History(
                            line.created(),
                            line.createdBy(),
                            line.author(),
                            line.comment(),
                            layer == null));
        }
        List<Digest> diffIds = new ArrayList<>(config.rootfs().diffIds());
        List<ChainId> chain = new ArrayList<>(layers);
        if (layer != null && diffId != null) {
            diffIds.add(diffId);
            chain.add(layer);
        }
        ImageConfig next =
                new ImageConfig(
                        created,
                        author,
                        config.architecture(),
                        config.variant(),
                        config.os(),
                        config.osVersion(),
                        config.osFeatures(),
                        run,
                        new RootFs("layers", diffIds),
                        history,
                        null,
                        null);
        return new State(Digest.of(OciJson.write(ImageConfig.class, next)), next, chain);
    }
}
