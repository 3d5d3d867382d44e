package dev.carafe.buildkit.cache;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.base.json.JsonText;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Json;
import io.avaje.jsonb.Jsonb;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads and writes what caches consist of. Unknown members are ignored.
final class CacheJson {
    private static final Jsonb JSONB = Jsonb.builder().adapter(JsonText.stream()).build();

    private CacheJson() {}

    /// The part of an image's configuration that is looked at.
    @Json
    record Image(
            @Json.Property(CacheConfig.INLINE) @Nullable String cache, @Nullable RootFs rootfs) {}

    @Json
    record RootFs(@Json.Property("diff_ids") List<String> diffIds) {}

    /// @throws InvalidArgument for what is none
    static <T> T read(Class<T> type, byte[] json) {
        try {
            T value = JSONB.type(type).fromJson(json);
            if (value != null) {
                return value;
            }
        } catch (JsonException
                | IllegalStateException
                | NullPointerException
                | DateTimeException e) {
            throw new InvalidArgument(Subject.NONE, "no valid build cache: " + e.getMessage(), e);
        }
        throw new InvalidArgument("no valid build cache: null");
    }

    static <T> List<T> list(Class<T> type, byte[] json) {
        try {
            return List.copyOf(JSONB.type(type).list().fromJson(json));
        } catch (JsonException
                | IllegalStateException
                | NullPointerException
                | DateTimeException e) {
            throw new InvalidArgument(Subject.NONE, "no valid build cache: " + e.getMessage(), e);
        }
    }

    static <T> byte[] write(Class<T> type, T value) {
        return JSONB.type(type).toJsonBytes(value);
    }

    static byte[] write(List<CacheConfig.Step> steps) {
        return JSONB.type(CacheConfig.Step.class)
                .list()
                .toJson(steps)
                .getBytes(StandardCharsets.UTF_8);
    }
}
