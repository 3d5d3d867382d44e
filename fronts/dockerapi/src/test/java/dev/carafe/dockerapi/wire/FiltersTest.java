package dev.carafe.dockerapi.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockermodel.DockerJson;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {
    private final Filters filters = new Filters(new DockerJson());

    @Test
    void bothFormsAreTheSame() {
        Map<String, Set<String>> expected =
                Map.of("label", Set.of("a=b", "c"), "status", Set.of("running"));
        assertThat(
                        filters.parse(
                                "{\"label\":{\"a=b\":true,\"c\":true,\"d\":false},\"status\":{\"running\":true}}"))
                .isEqualTo(expected);
        assertThat(filters.parse("{\"label\":[\"a=b\",\"c\"],\"status\":[\"running\"]}"))
                .isEqualTo(expected);
    }

    @Test
    void nothingIsNoFilter() {
        assertThat(filters.parse("")).isEmpty();
        assertThat(filters.parse("{}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "[1]", "{\"a\":1}", "{\"a\":", "null"})
    void theRestIsRefused(String text) {
        assertThatThrownBy(() -> filters.parse(text))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("invalid filter");
    }

    @Test
    void unknownKeysAreNamed() {
        assertThatThrownBy(() -> Filters.allow(Map.of("nope", Set.of()), Set.of("label")))
                .hasMessage("invalid filter 'nope'");
    }
}
