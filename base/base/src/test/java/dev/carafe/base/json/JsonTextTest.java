package dev.carafe.base.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.avaje.json.JsonException;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.json.stream.BytesJsonWriter;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    private static final JsonText TEXT = JsonText.stream();

    private static Map<String, String> read(JsonReader reader) {
        Map<String, String> map = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNextField()) {
            map.put(reader.nextField(), reader.readString());
        }
        reader.endObject();
        reader.close();
        return map;
    }

    private static byte[] write(Map<String, String> map) {
        BytesJsonWriter bytes = TEXT.bufferedWriterAsBytes();
        try (JsonWriter writer = bytes) {
            writer.beginObject();
            map.forEach((name, text) -> {
                writer.name(name);
                writer.value(text);
            });
            writer.endObject();
        }
        return bytes.result();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 39_999, 40_000, 40_001, 50_000, 50_001, 1_000_000})
    void stringsOfAnyLengthAreReadAsTheyWereWritten(int length) {
        String every = "a\"\\\n\t\b\f\r\u0001/{}[],:é漢\uD83D\uDE00";
        String longer = every.repeat(length / every.length() + 1).substring(0, length);
        longer = longer.endsWith("\uD83D") ? longer.substring(0, length - 1) + "x" : longer;
        Map<String, String> map = new LinkedHashMap<>();
        map.put("before", "short \\ \"");
        map.put("long", longer);
        map.put("again", longer + "2");
        map.put(longer + "name", "x");
        byte[] json = write(map);
        assertThat(read(TEXT.reader(json))).isEqualTo(map);
        String text = new String(json, StandardCharsets.UTF_8);
        assertThat(read(TEXT.reader(text))).isEqualTo(map);
        assertThat(read(TEXT.reader(new StringReader(text)))).isEqualTo(map);
        assertThat(read(TEXT.reader(new ByteArrayInputStream(json)))).isEqualTo(map);
    }

    @Test
    void escapesOfOtherWritersAreRead() {
        String json = "{\"a\":\"" + "\\u0041\\/\\u00e9\\ud83d\\ude00".repeat(5000) + "\"}";
        assertThat(read(TEXT.reader(json))).containsEntry("a", "A/é\uD83D\uDE00".repeat(5000));
    }

    @Test
    void aStringWithoutAnEndIsRefused() {
        byte[] json = ("{\"a\":\"" + "x".repeat(60_000)).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read(TEXT.reader(json))).isInstanceOf(JsonException.class);
        byte[] escaped = ("{\"a\":\"" + "\\".repeat(60_001)).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read(TEXT.reader(escaped))).isInstanceOf(JsonException.class);
        byte[] hex =
                ("{\"a\":\"" + "x".repeat(60_000) + "\\uzzzz\"}").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read(TEXT.reader(hex))).isInstanceOf(JsonException.class);
    }
}
