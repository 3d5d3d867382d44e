package dev.carafe.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootPathsTest {
    @TempDir Path root;

    @BeforeEach
    void fill() throws Exception {
        Files.createDirectories(root.resolve("a/b"));
        Files.createSymbolicLink(root.resolve("up"), Path.of("../../../../etc"));
        Files.createSymbolicLink(root.resolve("absolute"), Path.of("/a/b"));
        Files.createSymbolicLink(root.resolve("a/dangling"), Path.of("../run/not/there"));
        Files.createSymbolicLink(root.resolve("chain"), Path.of("absolute/../../absolute"));
        Files.createSymbolicLink(root.resolve("circle"), Path.of("circle"));
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b, /a/b, true",
        "/a/./b/../b/, /a/b, true",
        "/a/new/file, /a/new/file, false",
        "/up/passwd, /etc/passwd, false",
        "/absolute, /a/b, false",
        "/absolute/x, /a/b/x, false",
        "/a/dangling, /run/not/there, false",
        "/chain, /a/b, false",
        "/../../x, /x, false",
        "/, /, true",
    })
    void linksAreFollowedInsideTheRoot(String path, String expected, boolean exists) {
        try (Fd fd = FileSystem.open(root.toString(), FileSystem.O_PATH | FileSystem.O_DIRECTORY)) {
            assertThat(RootPaths.resolve(fd, path))
                    .isEqualTo(new RootPaths.Resolved(expected, exists));
        }
    }

    @Test
    void circlesEnd() {
        try (Fd fd = FileSystem.open(root.toString(), FileSystem.O_PATH | FileSystem.O_DIRECTORY)) {
            assertThatThrownBy(() -> RootPaths.resolve(fd, "/circle"))
                    .isInstanceOf(ErrnoException.class);
        }
    }
}
