package dev.carafe.cli.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "\"\"",
                "{\"b\":1,\"a\":[1,2.5,-3],\"c\":{\"d\":null}}",
                "[\"\\u0001\\n\\t\\\"\\\\\",\"é☃\"]",
                "9223372036854775807",
                "18446744073709551615",
                "-9223372036854775808",
                "{\"\":\"\"}"
            })
    void whatIsReadIsWrittenTheSame(String text) {
        assertThat(Json.write(Json.read(text))).isEqualTo(text);
    }

    @Test
    void wholeNumbersStayWholeAndKeysKeepTheirOrder() {
        JsonObject object = Json.readObject("{\"z\": 1, \"a\": 1.0, \"m\": 12345678901}");
        assertThat(object.keySet()).containsExactly("z", "a", "m");
        assertThat(object.get("z")).isEqualTo(1L);
        assertThat(object.get("a")).isEqualTo(1.0);
        assertThat(object.number("m")).isEqualTo(12345678901L);
    }

    @Test
    void escapesAreRead() {
        assertThat(Json.read("\"\\u00e9\\ud83d\\ude00\\/\\b\\f\"")).isEqualTo("é😀/\b\f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\"}",
                "{\"a\":}",
                "tru",
                "\"a",
                "\"\\x\"",
                "1 2",
                "{a:1}",
                "-",
                "\"\\u12\"",
                "[1 2]"
            })
    void whatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> Json.read(text))
                .isInstanceOf(JsonFailure.class)
                .hasMessageStartingWith("invalid JSON at character");
    }

    @Test
    void deepNestingIsRefusedAndNoOverflow() {
        assertThatThrownBy(() -> Json.read("[".repeat(100_000))).isInstanceOf(JsonFailure.class);
    }

    @Test
    void indentedAsGoIndents() {
        assertThat(Json.write(Json.read("[{\"a\":[],\"b\":{},\"c\":[1,2]}]"), "    "))
                .isEqualTo(
                        "[\n    {\n        \"a\": [],\n        \"b\": {},\n        \"c\": [\n            1,\n            2\n        ]\n    }\n]");
    }
}
