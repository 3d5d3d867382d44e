package dev.carafe.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.cli.session.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildCachesTest {
    @Test
    void cachesHaveTypesOrAreNamesOfImages() {
        assertThat(BuildCaches.json(List.of(), false)).isEmpty();
        String two =
                "[{\"Type\":\"registry\",\"Attrs\":{\"ref\":\"a\"}},"
                        + "{\"Type\":\"registry\",\"Attrs\":{\"ref\":\"b\"}}]";
        assertThat(BuildCaches.json(List.of("a,b"), false)).isEqualTo(two);
        assertThat(BuildCaches.json(List.of("a", "b"), false)).isEqualTo(two);
        assertThat(BuildCaches.json(List.of("type=registry,ref=a", "ref=b,type=registry"), false))
                .isEqualTo(two);
        assertThat(BuildCaches.json(List.of("type=registry", "ref=a", "b"), false)).isEqualTo(two);
        assertThat(BuildCaches.json(List.of("type=inline", "type=registry,ref=a,mode=max"), true))
                .isEqualTo(
                        "[{\"Type\":\"inline\",\"Attrs\":{}},"
                                + "{\"Type\":\"registry\",\"Attrs\":{\"ref\":\"a\",\"mode\":\"max\"}}]");
    }

    @Test
    void whatIsBuildxsIsSaid() {
        for (String value : List.of("type=local,dest=/x", "type=gha")) {
            assertThatThrownBy(() -> BuildCaches.json(List.of(value), true))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("docker buildx build");
        }
        assertThatThrownBy(() -> BuildCaches.json(List.of("type=registry"), true))
                .hasMessageContaining("type=registry,ref=NAME");
        assertThatThrownBy(() -> BuildCaches.json(List.of("ref=a"), true))
                .hasMessageContaining("a cache has a type");
    }
}
