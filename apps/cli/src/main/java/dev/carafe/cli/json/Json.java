package dev.carafe.cli.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads and writes JSON.
public final class Json {
    private Json() {}

    /// @throws JsonFailure when the text is not one JSON value
    public static @Nullable Object read(String text) {
        return new JsonReader(text).document();
    }

    /// UTF-8.
    public static @Nullable Object read(byte[] text) {
        return read(new String(text, StandardCharsets.UTF_8));
    }

    /// The document's object; an empty one when the document is something else.
    public static JsonObject readObject(String text) {
        return read(text) instanceof JsonObject o ? o : new JsonObject();
    }

    /// On one line, without spaces.
    public static String write(@Nullable Object value) {
        JsonWriter writer = new JsonWriter("");
        writer.value(value, 0);
        return writer.toString();
    }

    /// On many lines, each level indented by `indent`.
    public static String write(@Nullable Object value, String indent) {
        JsonWriter writer = new JsonWriter(indent);
        writer.value(value, 0);
        return writer.toString();
    }

    /// The text as a JSON string with its quotes.
    public static String quote(String text) {
        JsonWriter writer = new JsonWriter("");
        writer.string(text);
        return writer.toString();
    }
}
