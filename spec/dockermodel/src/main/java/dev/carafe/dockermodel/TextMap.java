package dev.carafe.dockermodel;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/// A map of strings as Go reads it: a value that is null is empty, and its name stays.
final class TextMap implements JsonAdapter<Map<String, String>> {
    @Override
    public void toJson(JsonWriter writer, Map<String, String> value) {
        writer.beginObject();
        value.forEach((name, text) -> {
            writer.name(name);
            writer.value(text);
        });
        writer.endObject();
    }

    @Override
    public Map<String, String> fromJson(JsonReader reader) {
        Map<String, String> map = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNextField()) {
            map.put(reader.nextField(), text(reader));
        }
        reader.endObject();
        return map;
    }

    /// The next string; empty for null.
    static String text(JsonReader reader) {
        return reader.isNullValue() ? "" : reader.readString();
    }
}
