package dev.carafe.dockermodel;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;
import io.avaje.jsonb.Jsonb;

/// Reads any value as {@link Empty}, writes `{}`.
@CustomAdapter
public final class EmptyAdapter implements JsonAdapter<Empty> {
    public EmptyAdapter(Jsonb jsonb) {}

    @Override
    public void toJson(JsonWriter writer, Empty value) {
        writer.beginObject();
        writer.endObject();
    }

    @Override
    public Empty fromJson(JsonReader reader) {
        reader.skipValue();
        return new Empty();
    }
}
