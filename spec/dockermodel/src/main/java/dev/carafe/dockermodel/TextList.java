package dev.carafe.dockermodel;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/// A list of strings as Go reads it: null in it is an empty string, and keeps its place.
final class TextList implements JsonAdapter<List<String>> {
    @Override
    public void toJson(JsonWriter writer, List<String> value) {
        writer.beginArray();
        value.forEach(writer::value);
        writer.endArray();
    }

    @Override
    public List<String> fromJson(JsonReader reader) {
        List<String> list = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNextElement()) {
            list.add(TextMap.text(reader));
        }
        reader.endArray();
        return list;
    }
}
