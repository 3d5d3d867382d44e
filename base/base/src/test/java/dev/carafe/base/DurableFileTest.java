package dev.carafe.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
    @TempDir Path dir;

    @Test
    void openingAFolderRemovesWhatKilledWritesLeft() throws IOException {
        Path folder = dir.resolve("state");
        DurableFile.openFolder(folder);
        DurableFile.write(folder.resolve("kept.json"), new byte[] {1});
        Files.write(folder.resolve(".kept.json.tmp32"), new byte[] {2});
        Files.write(folder.resolve(".hidden"), new byte[] {3});
        DurableFile.openFolder(folder);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("kept.json", ".hidden");
        }
    }

    @Test
    void aFileGetsAnotherName() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("names"));
        DurableFile.write(folder.resolve("a"), new byte[] {1});
        DurableFile.write(folder.resolve("b"), new byte[] {2});
        DurableFile.rename(folder.resolve("a"), "b");
        assertThat(DurableFile.read(folder.resolve("a"))).isEmpty();
        assertThat(DurableFile.read(folder.resolve("b"))).contains(new byte[] {1});
        DurableFile.rename(folder.resolve("a"), "b");
        assertThat(DurableFile.read(folder.resolve("b"))).contains(new byte[] {1});
    }
}
