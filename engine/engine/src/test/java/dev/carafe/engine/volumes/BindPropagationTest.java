package dev.carafe.engine.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindPropagationTest {
    private final BindPropagation propagation = new BindPropagation(Path.of("/var/lib/data"));

    @ParameterizedTest
    @ValueSource(strings = {"/", "/var/lib", "/var/lib/data", "/var/lib/data/containers"})
    void theEnginesOwnFolderFollowsTheHost(String source) {
        Path path = Path.of(source);
        assertThat(propagation.of("", path)).isEqualTo("rslave");
        assertThat(propagation.of("rshared", path)).isEqualTo("rshared");
        assertThatThrownBy(() -> propagation.of("rprivate", path))
                .hasMessageContaining("must use either propagation mode \"rslave\" or \"rshared\"");
    }

    @Test
    void otherFoldersAreAsAsked() {
        assertThat(propagation.of("", Path.of("/var/lib/database"))).isEqualTo("rprivate");
        assertThat(propagation.of("shared", Path.of("/srv"))).isEqualTo("shared");
    }
}
