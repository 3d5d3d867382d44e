package dev.carafe.engine.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.LinkWalk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyPathTest {
    @ParameterizedTest
    @CsvSource({
        "etc, /etc, etc",
        "/etc/, /etc/, etc",
        "/etc/., /etc/., .",
        "/, /, /",
        "., /., .",
        "/../a//b/../c, /a/c, c",
        "a/.., /, /",
        "/a/./b/, /a/b/, b",
        "/.., /, /",
        "./, /., .",
        "/./, /., .",
        "/a/./, /a/., .",
    })
    void pathsAreCleanedAsDockerDoes(String path, String clean, String base) {
        assertThat(CopyPath.clean(path)).isEqualTo(clean);
        assertThat(CopyPath.base(clean)).isEqualTo(base);
    }

    @Test
    void linksAreFollowedInsideTheRootAlsoToNothing(@TempDir Path dir) throws IOException {
        Files.createDirectories(dir.resolve("a/b"));
        Files.createSymbolicLink(dir.resolve("a/abs"), Path.of("/a/b"));
        Files.createSymbolicLink(dir.resolve("a/up"), Path.of("../../../../a/abs/new"));
        Files.createSymbolicLink(dir.resolve("a/gone"), Path.of("nothing/at/all"));
        try (Fd root = FileSystem.open(dir.toString(), FileSystem.O_PATH)) {
            assertThat(LinkWalk.follow(root, "/a/abs")).isEqualTo("/a/b");
            assertThat(LinkWalk.follow(root, "/a/up")).isEqualTo("/a/b/new");
            assertThat(LinkWalk.follow(root, "/a/abs/../gone")).isEqualTo("/a/nothing/at/all");
            assertThat(LinkWalk.follow(root, "/../..")).isEqualTo("/");
        }
    }
}
