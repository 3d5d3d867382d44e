package dev.carafe.dockermodel;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/// An adapter that writes null as `null` where the codec's rule is to leave the field out.
abstract class NullShown<T> implements JsonAdapter<@Nullable T> {
    private final JsonAdapter<T> inner;

    NullShown(JsonAdapter<T> inner) {
        this.inner = inner;
    }

    @Override
    public void toJson(JsonWriter writer, @Nullable T value) {
        if (value != null) {
            inner.toJson(writer, value);
            return;
        }
        boolean before = writer.serializeNulls();
        writer.serializeNulls(true);
        writer.nullValue();
        writer.serializeNulls(before);
    }

    @Override
    public @Nullable T fromJson(JsonReader reader) {
        return reader.isNullValue() ? null : inner.fromJson(reader);
    }

    /// The codec wraps adapters so that null is left out; not this one.
    @Override
    public JsonAdapter<@Nullable T> nullSafe() {
        return this;
    }
}
