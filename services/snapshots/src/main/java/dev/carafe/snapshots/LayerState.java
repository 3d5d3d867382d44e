package dev.carafe.snapshots;

import dev.carafe.base.DataLoss;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.oci.Digest;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Json;
import io.avaje.jsonb.Jsonb;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `layer.json`: a {@link LayerInfo} on disk.
///
/// @param version 1; a store with a higher one was written by a newer Carafe
@Json
record LayerState(int version, String diffId, @Nullable String parent, long bytes, long tarBytes) {
    private static final int VERSION = 1;

    static byte[] encode(LayerInfo info) {
        LayerState state =
                new LayerState(
                        VERSION,
                        info.diffId().toString(),
                        Optional.ofNullable(info.parent()).map(ChainId::toString).orElse(null),
                        info.bytes(),
                        info.tarBytes());
        return Jsonb.builder().build().type(LayerState.class).toJsonBytes(state);
    }

    /// @throws DataLoss when these are not the bytes of a layer's state
    static LayerInfo decode(byte[] json) {
        try {
            LayerState state =
                    Jsonb.builder()
                            .failOnUnknown(false)
                            .build()
                            .type(LayerState.class)
                            .fromJson(json);
            if (state.version() != VERSION) {
                throw new DataLoss("a layer has the unknown version " + state.version());
            }
            Digest diffId = Digest.parse(state.diffId());
            ChainId parent = state.parent() == null ? null : ChainId.parse(state.parent());
            return new LayerInfo(
                    ChainId.over(parent, diffId), diffId, parent, state.bytes(), state.tarBytes());
        } catch (JsonException | NullPointerException | InvalidArgument e) {
            throw new DataLoss(Subject.NONE, "a layer's state is damaged", e);
        }
    }
}
