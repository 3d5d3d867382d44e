package dev.carafe.oci;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes and reads {@link NameSet} as `{"name":{}}`.
@CustomAdapter
public final class NameSetAdapter implements JsonAdapter<NameSet> {
    @Override
    public void toJson(JsonWriter writer, @Nullable NameSet value) {
        if (value == null) {
            writer.nullValue();
            return;
        }
        writer.beginObject();
        for (String name : value.names()) {
            writer.name(name);
            writer.beginObject();
            writer.endObject();
        }
        writer.endObject();
    }

    @Override
    public NameSet fromJson(JsonReader reader) {
        Set<String> names = new LinkedHashSet<>();
        reader.beginObject();
        while (reader.hasNextField()) {
            names.add(reader.nextField());
            reader.skipValue();
        }
        reader.endObject();
        return new NameSet(names);
    }
}
