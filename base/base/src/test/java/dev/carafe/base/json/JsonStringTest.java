package dev.carafe.base.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonStringTest {
    @Test
    void whatWouldEndTheStringIsEscaped() {
        assertThat(JsonString.quoted("a \"b\" \\ c\n\r\t\u0001 é 😀"))
                .isEqualTo("\"a \\\"b\\\" \\\\ c\\n\\r\\t\\u0001 é 😀\"");
        assertThat(JsonString.quoted("")).isEqualTo("\"\"");
    }

    @Test
    void markupIsEscapedWhereItIsAskedFor() {
        assertThat(JsonString.quotedForHtml("<a&b>\""))
                .isEqualTo("\"\\u003ca\\u0026b\\u003e\\\"\"");
        assertThat(JsonString.quoted("<a&b>")).isEqualTo("\"<a&b>\"");
    }
}
