package dev.carafe.dockermodel;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSyntaxTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " [ ] ",
                "{\"a\":[1,-0.5e+3,true,false,null,{\"b\":\"\\u00e9\\n\\\"\"}],\"c\":{}}\n",
                "\"é\"",
                "0",
                "-12.25E7",
            })
    void jsonIsTaken(String json) {
        assertThatCode(() -> check(json)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{invalid json | invalid JSON: invalid character 'i' looking for beginning of object key string",
                "{\"a\":1,} | invalid JSON: invalid character '}' looking for beginning of object key string",
                "{\"a\" 1} | invalid JSON: invalid character '1' after object key",
                "{\"a\":1 \"b\"} | invalid JSON: invalid character '\"' after object key:value pair",
                "[1 2] | invalid JSON: invalid character '2' after array element",
                "[1,] | invalid JSON: invalid character ']' looking for beginning of value",
                "nope | invalid JSON: invalid character 'o' in literal null (expecting 'u')",
                "\"\\x\" | invalid JSON: invalid character 'x' in string escape code",
                "-a | invalid JSON: invalid character 'a' in numeric literal",
                "1.e | invalid JSON: invalid character 'e' after decimal point in numeric literal",
                "1ex | invalid JSON: invalid character 'x' in exponent of numeric literal",
                "{\"a\": | invalid JSON: unexpected EOF",
                "\"open | invalid JSON: unexpected EOF",
                "{} trailing | unexpected content after JSON",
                "{}{} | unexpected content after JSON",
            })
    void whatIsWrongIsSaidInGosWords(String json, String message) {
        assertThatThrownBy(() -> check(json))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage(message);
    }

    private static void check(String json) {
        JsonSyntax.check(json.getBytes(StandardCharsets.UTF_8));
    }
}
