package dev.carafe.build.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.build.dockerfile.Instruction;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void theNearestNameIsTheHint() {
        assertThat(Nearest.hint("trget", List.of("target", "source")))
                .isEqualTo(" (did you mean target?)");
        assertThat(Nearest.hint("something", List.of("target", "source"))).isEmpty();
        assertThat(Nearest.hint("target", List.of("target", "targets"))).isEmpty();
    }

    @Test
    void theHintHasTheWordsOwnCase() {
        assertThat(Nearest.hintIgnoringCase("frmo", Instruction.NAMES))
                .isEqualTo(" (did you mean from?)");
        assertThat(Nearest.hintIgnoringCase("COPPY", Instruction.NAMES))
                .isEqualTo(" (did you mean COPY?)");
    }
}
