package dev.carafe.build.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathsTest {
    @Test
    void pathsNeverLeaveTheRoot() {
        assertThat(Paths.clean("/a/./b//../c/")).isEqualTo("a/c");
        assertThat(Paths.clean("../../etc")).isEqualTo("etc");
        assertThat(Paths.clean("/")).isEmpty();
        assertThat(Paths.absolute("/app", "x/../y")).isEqualTo("/app/y");
        assertThat(Paths.absolute("/app", "/y")).isEqualTo("/y");
        assertThat(Paths.absolute("/", "..")).isEqualTo("/");
    }

    @Test
    void aSlashAtTheEndMeansADirectory() {
        assertThat(Paths.isDirectory("a/")).isTrue();
        assertThat(Paths.isDirectory(".")).isTrue();
        assertThat(Paths.isDirectory("a/..")).isTrue();
        assertThat(Paths.isDirectory("a")).isFalse();
    }
}
