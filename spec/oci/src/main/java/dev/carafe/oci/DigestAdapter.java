package dev.carafe.oci;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;
import org.jspecify.annotations.Nullable;

/// Digests are strings in JSON.
@CustomAdapter
public final class DigestAdapter implements JsonAdapter<Digest> {
    @Override
    public void toJson(JsonWriter writer, @Nullable Digest value) {
        if (value == null) {
            writer.nullValue();
        } else {
            writer.value(value.toString());
        }
    }

    @Override
    public Digest fromJson(JsonReader reader) {
        return Digest.parse(reader.readString());
    }
}
