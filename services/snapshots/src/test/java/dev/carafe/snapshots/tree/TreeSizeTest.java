package dev.carafe.snapshots.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeSizeTest {
    private static final int DIRECTORY = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;

    @TempDir Path folder;

    private long size() {
        try (Fd dir = FileSystem.open(folder.toString(), DIRECTORY)) {
            return TreeSize.of(dir);
        }
    }

    @Test
    void filesOfAllFoldersCountOnce() throws IOException {
        Files.writeString(folder.resolve("a"), "12345");
        Path below = Files.createDirectories(folder.resolve("b/c/d"));
        Files.createDirectories(folder.resolve("b/e"));
        Files.writeString(below.resolve("f"), "123");
        Files.createLink(folder.resolve("b/e/linked"), below.resolve("f"));
        Files.createSymbolicLink(folder.resolve("up"), Path.of(".."));
        assertThat(size()).isEqualTo(5 + 3 + "..".length());
    }

    @Test
    void noDepthIsTooDeep() {
        int levels = 3_000;
        Fd here = FileSystem.open(folder.toString(), DIRECTORY);
        for (int i = 0; i < levels; i++) {
            FileSystem.mkdirat(here, "deeper", 0700);
            Fd next = FileSystem.openat(here, "deeper", DIRECTORY, 0);
            here.close();
            here = next;
        }
        FileSystem.openat(here, "f", FileSystem.O_CREAT | FileSystem.O_WRONLY, 0600).close();
        FileSystem.symlinkat("1234567", here, "l");
        here.close();
        try {
            assertThat(size()).isEqualTo(7);
        } finally {
            try (Fd dir = FileSystem.open(folder.toString(), DIRECTORY)) {
                TreeRemover.remove(dir, "deeper");
            }
        }
    }
}
