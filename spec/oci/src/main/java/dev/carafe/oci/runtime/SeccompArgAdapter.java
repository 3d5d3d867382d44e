package dev.carafe.oci.runtime;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Arguments are compared as unsigned 64-bit numbers, which no Java number type holds as such.
@CustomAdapter
public final class SeccompArgAdapter implements JsonAdapter<Seccomp.Arg> {
    @Override
    public void toJson(JsonWriter writer, Seccomp.@Nullable Arg value) {
        if (value == null) {
            writer.nullValue();
            return;
        }
        writer.beginObject();
        writer.name("index");
        writer.value(value.index());
        writer.name("value");
        writer.value(new BigInteger(Long.toUnsignedString(value.value())));
        writer.name("valueTwo");
        writer.value(new BigInteger(Long.toUnsignedString(value.valueTwo())));
        writer.name("op");
        writer.value(value.op());
        writer.endObject();
    }

    @Override
    public Seccomp.Arg fromJson(JsonReader reader) {
        int index = 0;
        long value = 0;
        long valueTwo = 0;
        String op = "";
        reader.beginObject();
        while (reader.hasNextField()) {
            switch (reader.nextField()) {
                case "index" -> index = reader.readInt();
                case "value" -> value = reader.readBigInteger().longValue();
                case "valueTwo" -> valueTwo = reader.readBigInteger().longValue();
                case "op" -> op = reader.readString();
                default -> reader.skipValue();
            }
        }
        reader.endObject();
        return new Seccomp.Arg(index, value, valueTwo, op);
    }
}
