package dev.carafe.oci.runtime;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Limits are unsigned 64-bit numbers, which no Java number type holds as such.
@CustomAdapter
public final class RlimitAdapter implements JsonAdapter<Rlimit> {
    @Override
    public void toJson(JsonWriter writer, @Nullable Rlimit value) {
        if (value == null) {
            writer.nullValue();
            return;
        }
        writer.beginObject();
        writer.name("type");
        writer.value(value.type());
        writer.name("hard");
        writer.value(new BigInteger(Long.toUnsignedString(value.hard())));
        writer.name("soft");
        writer.value(new BigInteger(Long.toUnsignedString(value.soft())));
        writer.endObject();
    }

    @Override
    public Rlimit fromJson(JsonReader reader) {
        String type = "";
        long hard = 0;
        long soft = 0;
        reader.beginObject();
        while (reader.hasNextField()) {
            switch (reader.nextField()) {
                case "type" -> type = reader.readString();
                case "hard" -> hard = reader.readBigInteger().longValue();
                case "soft" -> soft = reader.readBigInteger().longValue();
                default -> reader.skipValue();
            }
        }
        reader.endObject();
        return new Rlimit(type, hard, soft);
    }
}
