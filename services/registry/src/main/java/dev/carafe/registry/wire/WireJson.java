package dev.carafe.registry.wire;

import dev.carafe.base.json.JsonText;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import java.util.Optional;

/// Bytes to this package's records.
public final class WireJson {
    private static final Jsonb JSONB = Jsonb.builder().adapter(JsonText.stream()).build();

    private WireJson() {}

    /// Empty when the bytes are no such document.
    public static <T> Optional<T> read(Class<T> type, byte[] json) {
        try {
            return Optional.ofNullable(JSONB.type(type).fromJson(json));
        } catch (JsonException | IllegalStateException | NullPointerException e) {
            return Optional.empty();
        }
    }
}
