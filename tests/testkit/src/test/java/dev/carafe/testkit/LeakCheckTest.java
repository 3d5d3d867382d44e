package dev.carafe.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
    @Test
    void nothingLeftIsFine() throws IOException {
        try (LeakCheck leaks = LeakCheck.begin("no-such-mark");
                FileInputStream file = new FileInputStream("/etc/passwd")) {
            assertThat(file.read()).isPositive();
        }
    }

    @Test
    void anOpenDescriptorIsFound() throws IOException {
        LeakCheck leaks = new LeakCheck(Duration.ofMillis(50), List.of());
        try (FileInputStream file = new FileInputStream("/etc/passwd")) {
            assertThatThrownBy(leaks::close)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("-> /etc/passwd");
        }
        leaks.close();
    }

    @Test
    void aChildProcessIsFound() throws Exception {
        LeakCheck leaks = new LeakCheck(Duration.ofMillis(50), List.of());
        Process child = new ProcessBuilder("sleep", "60").start();
        try {
            assertThatThrownBy(leaks::close)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("process " + child.pid());
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    @Test
    void temporaryFoldersGoWhateverTheirPermissions() throws IOException {
        Path root;
        try (TempDirs temp = TempDirs.create("testkit")) {
            root = temp.root();
            Path locked = temp.dir("work/work");
            Files.createSymbolicLink(locked.resolve("link"), Path.of("/etc"));
            Files.setPosixFilePermissions(locked, Set.of());
        }
        assertThat(root).doesNotExist();
        assertThat(Path.of("/etc/passwd")).exists();
    }

    @Test
    void tinyImagesAreTheSameEveryTime() {
        assertThat(TinyImages.simple("a:1").dockerArchive())
                .isEqualTo(TinyImages.simple("a:1").dockerArchive());
        assertThat(TinyImages.simple("a:1").id()).isNotEqualTo(TinyImages.simple("b:1").id());
    }
}
