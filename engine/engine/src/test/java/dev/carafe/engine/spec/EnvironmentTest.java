package dev.carafe.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    private static final String PATH =
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    @Test
    void theContainersVariablesReplaceTheEnginesInPlace() {
        assertThat(Environment.of(List.of("PATH=/mine", "A=1", "A=2", "E="), "box", true, "/root"))
                .containsExactly(
                        "PATH=/mine", "HOSTNAME=box", "TERM=xterm", "A=2", "E=", "HOME=/root");
    }

    @Test
    void aBareNameTakesTheVariableAway() {
        assertThat(Environment.of(List.of("A=1", "PATHX=1", "PATH", "A"), "box", false, "/"))
                .containsExactly("HOSTNAME=box", "PATHX=1", "HOME=/");
    }

    @Test
    void aGivenHomeStays() {
        assertThat(Environment.of(List.of("HOME=/h"), "box", false, "/root"))
                .containsExactly(PATH, "HOSTNAME=box", "HOME=/h");
    }
}
