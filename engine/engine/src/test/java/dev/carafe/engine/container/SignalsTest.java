package dev.carafe.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsTest {
    @ParameterizedTest
    @CsvSource({"KILL,9", "SIGKILL,9", "sigterm,15", "42,42", "RTMIN+3,37", "SIGRTMAX-1,63"})
    void namesAndNumbersAreTaken(String text, int number) {
        assertThat(Signals.parse(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "SIG42", "SIG9", "SIG", "-1", "NOPE"})
    void otherWordsAreNone(String text) {
        assertThatThrownBy(() -> Signals.parse(text)).hasMessage("invalid signal: " + text);
    }
}
