package dev.carafe.snapshots.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryPathTest {
    @ParameterizedTest
    @CsvSource({
        "a/b, a/b",
        "/a/b, a/b",
        "./a//b/, a/b",
        "a/./b, a/b",
        "a/../b, b",
        "a/b/../../c, c",
        "..a, ..a",
        "a..., a...",
        "'a b', a b"
    })
    void namesAreCleaned(String name, String clean) {
        assertThat(EntryPath.of(name).joined()).isEqualTo(clean);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "/", "./", "a/..", "//./"})
    void theRootHasNoNames(String name) {
        assertThat(EntryPath.of(name).isRoot()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../a", "/../a", "a/../../b", "./..", "a/b/../../../c"})
    void whatLeadsOutIsRefusedByName(String name) {
        assertThatThrownBy(() -> EntryPath.of(name))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("\"" + name + "\"");
    }

    @Test
    void endlessNamesAreRefused() {
        assertThatThrownBy(() -> EntryPath.of("a".repeat(5000))).hasMessageContaining("too long");
        assertThatThrownBy(() -> EntryPath.of("a/".repeat(1000))).hasMessageContaining("too deep");
    }
}
