package dev.carafe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.Conflict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateVersionTest {
    @TempDir Path root;

    @Test
    void whatIsOlderBecomesCurrent() throws IOException {
        StateVersion.claim(root);
        assertThat(root.resolve("version")).hasContent("2");
        Files.writeString(root.resolve("version"), "1\n");
        StateVersion.claim(root);
        StateVersion.claim(root);
        assertThat(root.resolve("version")).hasContent("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3\n", "99", "carafe"})
    void whatIsNewerIsRefusedAndStays(String version) throws IOException {
        Files.writeString(root.resolve("version"), version);
        assertThatThrownBy(() -> StateVersion.claim(root))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("the data root " + root + " is of a newer version of Carafe");
        assertThat(root.resolve("version")).hasContent(version.strip());
    }
}
