package dev.carafe.build.solve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFolderTest {
    @TempDir Path execRoot;

    @Test
    void nothingIsLeftWhenTheLastSecretIsGone() throws IOException {
        SecretFolder folder = SecretFolder.open(execRoot);
        Path one = folder.make();
        Path two = folder.make();
        Files.writeString(one.resolve("secret"), "x");
        Path parent = Objects.requireNonNull(one.getParent());
        assertThat(Files.getPosixFilePermissions(parent)).hasSize(3);
        SecretFolder.remove(one);
        assertThat(parent).exists();
        SecretFolder.remove(two);
        assertThat(parent).doesNotExist();
        SecretFolder.remove(folder.make());
        assertThat(parent).doesNotExist();
    }
}
