package dev.carafe.dockermodel;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.base.json.JsonText;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import io.avaje.jsonb.Types;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.List;

/// The codec of the Engine API's JSON. Unknown fields are ignored, names are read in any case,
/// numbers are integers. Thread-safe; make one and keep it.
public final class DockerJson {
    private final Jsonb jsonb;

    public DockerJson() {
        jsonb =
                Jsonb.builder()
                        .adapter(JsonText.stream())
                        .add(Types.mapOf(String.class), new TextMap().nullSafe())
                        .add(Types.listOf(String.class), new TextList().nullSafe())
                        .build();
    }

    /// UTF-8, no line end.
    public byte[] write(Object value) {
        return jsonb.toJsonBytes(value);
    }

    public String text(Object value) {
        return jsonb.toJson(value);
    }

    /// Writes and leaves the stream open.
    public void write(Object value, OutputStream out) throws IOException {
        out.write(write(value));
    }

    /// @param json one value and nothing else
    /// @throws InvalidArgument as Docker says it, when the bytes are no JSON; in other words, when
    ///   they are no such JSON
    public <T> T readStrictly(Class<T> type, byte[] json) {
        JsonSyntax.check(json);
        return read(type, json);
    }

    /// @throws InvalidArgument when the bytes are no such JSON
    public <T> T read(Class<T> type, byte[] json) {
        try {
            return jsonb.type(type).fromJson(json);
        } catch (JsonException | IllegalStateException e) {
            throw unreadable(e);
        }
    }

    /// @throws InvalidArgument when the text is no such JSON
    public <T> T read(Class<T> type, String json) {
        try {
            return jsonb.type(type).fromJson(json);
        } catch (JsonException | IllegalStateException e) {
            throw unreadable(e);
        }
    }

    /// Reads to the value's end.
    public <T> T read(Class<T> type, InputStream json) {
        try {
            return jsonb.type(type).fromJson(json);
        } catch (JsonException | IllegalStateException e) {
            throw unreadable(e);
        }
    }

    public <T> List<T> readList(Class<T> type, byte[] json) {
        try {
            return jsonb.type(type).list().fromJson(json);
        } catch (JsonException | IllegalStateException e) {
            throw unreadable(e);
        }
    }

    /// Any JSON as maps, lists, strings, numbers, booleans.
    public Object readAny(byte[] json) {
        try {
            return jsonb.type(Object.class).fromJson(json);
        } catch (JsonException | IllegalStateException e) {
            throw unreadable(e);
        }
    }

    /// @param type for example made by {@link io.avaje.jsonb.Types#mapOf}
    public <T> T read(Type type, byte[] json) {
        try {
            return jsonb.<T>type(type).fromJson(json);
        } catch (JsonException | IllegalStateException e) {
            throw unreadable(e);
        }
    }

    private static InvalidArgument unreadable(RuntimeException e) {
        return new InvalidArgument(Subject.NONE, "invalid JSON: " + e.getMessage(), e);
    }
}
