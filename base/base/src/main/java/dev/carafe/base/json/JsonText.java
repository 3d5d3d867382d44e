package dev.carafe.base.json;

import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.json.PropertyNames;
import io.avaje.json.stream.BufferedJsonWriter;
import io.avaje.json.stream.BytesJsonWriter;
import io.avaje.json.stream.JsonOutput;
import io.avaje.json.stream.JsonStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/// JSON with strings of any length and names of any letters: avaje's parser refuses strings of more
/// than 50,000 characters, and commands, labels and scripts of RUN may be longer; and it leaves
/// escapes in names as they are. Thread-safe.
public final class JsonText implements JsonStream {
    private final JsonStream inner;

    private JsonText(JsonStream inner) {
        this.inner = inner;
    }

    /// What `Jsonb.builder().adapter` takes: the library's own defaults, so unknown fields are
    /// ignored, what is null is left out and what is empty is written.
    public static JsonText stream() {
        return stream(false, true);
    }

    /// @param nulls whether fields that are null are written
    /// @param empty whether lists and maps that are empty are written
    public static JsonText stream(boolean nulls, boolean empty) {
        return new JsonText(
                JsonStream.builder().serializeNulls(nulls).serializeEmpty(empty).build());
    }

    @Override
    public JsonReader reader(byte[] json) {
        boolean escapes = hasEscapes(json);
        if (json.length <= LongStrings.LIMIT && !escapes) {
            return inner.reader(json);
        }
        LongStrings strings = LongStrings.in(json);
        JsonReader reader = inner.reader(strings.rest());
        return strings.isEmpty() && !escapes ? reader : new LongStringReader(reader, strings);
    }

    private static boolean hasEscapes(byte[] json) {
        for (byte each : json) {
            if (each == '\\') {
                return true;
            }
        }
        return false;
    }

    @Override
    public JsonReader reader(String json) {
        return json.length() <= LongStrings.LIMIT && json.indexOf('\\') < 0
                ? inner.reader(json)
                : reader(json.getBytes(StandardCharsets.UTF_8));
    }

    /// Reads to the end first.
    @Override
    public JsonReader reader(Reader json) {
        StringWriter all = new StringWriter();
        try {
            json.transferTo(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reader(all.toString());
    }

    /// Reads to the end first.
    @Override
    public JsonReader reader(InputStream json) {
        try {
            return reader(json.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public JsonWriter writer(Writer writer) {
        return inner.writer(writer);
    }

    @Override
    public JsonWriter writer(OutputStream out) {
        return inner.writer(out);
    }

    @Override
    public JsonWriter writer(JsonOutput out) {
        return inner.writer(out);
    }

    @Override
    public BufferedJsonWriter bufferedWriter() {
        return inner.bufferedWriter();
    }

    @Override
    public BytesJsonWriter bufferedWriterAsBytes() {
        return inner.bufferedWriterAsBytes();
    }

    @Override
    public PropertyNames properties(String... names) {
        return inner.properties(names);
    }
}
