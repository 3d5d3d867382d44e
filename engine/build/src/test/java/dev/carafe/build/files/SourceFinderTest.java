package dev.carafe.build.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.NotFound;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFinderTest {
    @TempDir Path folder;
    private Fd root;

    @BeforeEach
    void files() throws IOException {
        Files.createDirectories(folder.resolve("src/deep"));
        Files.writeString(folder.resolve("src/a.md"), "a");
        Files.writeString(folder.resolve("src/deep/b.md"), "b");
        Files.writeString(folder.resolve("README.md"), "r");
        Files.createSymbolicLink(folder.resolve("out"), Path.of("/etc/passwd"));
        root = FileSystem.open(folder.toString(), FileSystem.O_RDONLY | FileSystem.O_DIRECTORY);
    }

    @AfterEach
    void close() {
        root.close();
    }

    @Test
    void pathsAndPatternsAreFound() {
        SourceFinder finder = new SourceFinder(root, false);
        assertThat(finder.find("./src/")).containsExactly(new Source("src", true));
        assertThat(finder.find("/")).containsExactly(new Source("", true));
        assertThat(finder.find("*.md")).containsExactly(new Source("README.md", false));
        assertThat(finder.find("src/*"))
                .containsExactly(new Source("src/a.md", false), new Source("src/deep", true));
        assertThat(finder.find("s?c/d*/[ab].md"))
                .containsExactly(new Source("src/deep/b.md", false));
    }

    @Test
    void starsOfAnyDepthAreForParentsOnly() throws IOException {
        Files.createSymbolicLink(folder.resolve("src/circle"), Path.of("."));
        SourceFinder finder = new SourceFinder(root, false);
        assertThat(finder.find("**/b.md", true))
                .containsExactly(new Source("src/deep/b.md", false));
        assertThat(finder.find("src/**/?.md", true))
                .containsExactly(new Source("src/a.md", false), new Source("src/deep/b.md", false));
        assertThat(finder.find("src/**/b.md")).containsExactly(new Source("src/deep/b.md", false));
        assertThat(finder.find("*.none", false)).isEmpty();
        assertThatThrownBy(() -> finder.find("none", false)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> finder.find("**/b.md")).isInstanceOf(NotFound.class);
    }

    @Test
    void nothingOutsideOfTheTreeIsFound() {
        SourceFinder finder = new SourceFinder(root, false);
        for (String path : new String[] {"none", "out", "../x", "n*", "README.md/x"}) {
            assertThatThrownBy(() -> finder.find(path)).as(path).isInstanceOf(NotFound.class);
        }
    }

    @Test
    void aSumTellsContentsAndModesButNoTimes() throws IOException {
        Source source = new Source("src", true);
        var first = new TreeSum(root, Selection.ALL, null).of(source);
        Files.setLastModifiedTime(folder.resolve("src/a.md"), FileTime.fromMillis(1));
        assertThat(new TreeSum(root, Selection.ALL, null).of(source)).isEqualTo(first);
        Files.setPosixFilePermissions(
                folder.resolve("src/a.md"), PosixFilePermissions.fromString("rwx------"));
        assertThat(new TreeSum(root, Selection.ALL, null).of(source)).isNotEqualTo(first);
        var second = new TreeSum(root, Selection.ALL, null).of(source);
        Files.writeString(folder.resolve("src/deep/b.md"), "B");
        assertThat(new TreeSum(root, Selection.ALL, null).of(source)).isNotEqualTo(second);
    }
}
