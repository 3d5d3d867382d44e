package dev.carafe.build.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
    @TempDir Path folder;

    private Target target(Fd root) {
        return new Target(root, null, null, null);
    }

    private Fd root() {
        return FileSystem.open(folder.toString(), FileSystem.O_RDONLY | FileSystem.O_DIRECTORY);
    }

    @ParameterizedTest
    @CsvSource({
        "a/b,            a/b/l/x,  a/b/x",
        "../new/deep,    a/b/l/x,  a/new/deep/x",
        "/abs,           a/b/l/x,  abs/x",
        "../../../../up, a/b/l/x,  up/x",
        "../new/.,       a/b/l,    a/new",
        "../new/,        q/l/x,    a/new/x",
    })
    void directoriesAreMadeWhereLinksLeadInsideTheRoot(String link, String asked, String made)
            throws IOException {
        Files.createDirectories(folder.resolve("a/b"));
        Files.createSymbolicLink(folder.resolve("q"), Path.of("a/b"));
        Path to = link.equals("a/b") ? Path.of(".") : Path.of(link);
        Files.createSymbolicLink(folder.resolve("a/b/l"), to);
        try (Fd root = root()) {
            target(root).directory(asked).close();
        }
        assertThat(folder.resolve(made)).isDirectory();
    }

    @Test
    void linksInACircleAreRefused() throws IOException {
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
        try (Fd root = root()) {
            assertThatThrownBy(() -> target(root).directory("loop/x"))
                    .isInstanceOfSatisfying(
                            ErrnoException.class,
                            e -> assertThat(e.errno()).isEqualTo(Errno.ELOOP));
        }
    }
}
