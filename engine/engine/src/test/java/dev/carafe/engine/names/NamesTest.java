package dev.carafe.engine.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @Test
    void randomNamesFitTheGrammarAndSpread() {
        Random random = new Random(7);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String name = RandomNames.next(random, 0);
            assertThat(ContainerNames.check(name)).isEqualTo(name).matches("[a-z]+_[a-z]+");
            names.add(name);
        }
        assertThat(names).hasSizeGreaterThan(900);
    }

    @Test
    void laterAttemptsAddADigit() {
        assertThat(RandomNames.next(new Random(7), 2)).matches("[a-z]+_[a-z]+[0-9]+");
    }

    @Test
    void aLeadingSlashIsDropped() {
        assertThat(ContainerNames.check("/web-1")).isEqualTo("web-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "/a", "-ab", "a b", "a/b", "//ab", "äb", "ab\n"})
    void otherNamesAreRefusedWithDockersSentence(String name) {
        assertThatThrownBy(() -> ContainerNames.check(name))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage(
                        "Invalid container name ("
                                + name
                                + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }
}
