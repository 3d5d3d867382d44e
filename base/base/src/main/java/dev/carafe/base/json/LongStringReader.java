package dev.carafe.base.json;

import io.avaje.json.JsonReader;
import io.avaje.json.PropertyNames;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Reads the rest of a JSON text and gives its long strings for their marks, and names without
/// escapes.
final class LongStringReader implements JsonReader {
    private final JsonReader rest;
    private final LongStrings strings;

    LongStringReader(JsonReader rest, LongStrings strings) {
        this.rest = rest;
        this.strings = strings;
    }

    @Override
    public String readString() {
        return strings.whole(rest.readString());
    }

    @Override
    public String nextField() {
        return strings.whole(LongStrings.unescaped(rest.nextField()));
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return rest.unwrap(type);
    }

    @Override
    public void beginStream() {
        rest.beginStream();
    }

    @Override
    public void endStream() {
        rest.endStream();
    }

    @Override
    public boolean hasNextStreamElement() {
        return rest.hasNextStreamElement();
    }

    @Override
    public JsonReader streamArray(boolean array) {
        rest.streamArray(array);
        return this;
    }

    @Override
    public void beginArray() {
        rest.beginArray();
    }

    @Override
    public void endArray() {
        rest.endArray();
    }

    @Override
    public boolean hasNextElement() {
        return rest.hasNextElement();
    }

    @Override
    public void beginObject(PropertyNames names) {
        rest.beginObject(names);
    }

    @Override
    public void beginObject() {
        rest.beginObject();
    }

    @Override
    public void endObject() {
        rest.endObject();
    }

    @Override
    public boolean hasNextField() {
        return rest.hasNextField();
    }

    @Override
    public boolean isNullValue() {
        return rest.isNullValue();
    }

    @Override
    public boolean readBoolean() {
        return rest.readBoolean();
    }

    @Override
    public int readInt() {
        return rest.readInt();
    }

    @Override
    public long readLong() {
        return rest.readLong();
    }

    @Override
    public double readDouble() {
        return rest.readDouble();
    }

    @Override
    public BigDecimal readDecimal() {
        return rest.readDecimal();
    }

    @Override
    public BigInteger readBigInteger() {
        return rest.readBigInteger();
    }

    @Override
    public byte[] readBinary() {
        return rest.readBinary();
    }

    /// With marks for long strings.
    @Override
    public String readRaw() {
        return rest.readRaw();
    }

    @Override
    public String location() {
        return rest.location();
    }

    @Override
    public Token currentToken() {
        return rest.currentToken();
    }

    @Override
    public void skipValue() {
        rest.skipValue();
    }

    @Override
    public void unmappedField(String name) {
        rest.unmappedField(name);
    }

    @Override
    public void close() {
        rest.close();
    }
}
