package dev.carafe.engine.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLinesTest {
    @Test
    void aProcessThatIsInExecveIsWaitedFor() {
        Iterator<String> readings = List.of("", "", "sleep 60").iterator();
        assertThat(CommandLines.of(readings::next, false)).isEqualTo("sleep 60");
    }

    @Test
    void aProcessThatHasEndedIsNot() {
        Iterator<String> readings = List.of("", "sleep 60").iterator();
        assertThat(CommandLines.of(readings::next, true)).isEmpty();
    }

    @Test
    void oneThatHasWipedOutItsWordsHasNone() {
        assertThat(CommandLines.of(() -> "", false)).isEmpty();
    }

    @Test
    void thisProcessHasWords() {
        assertThat(CommandLines.of((int) ProcessHandle.current().pid(), false)).contains("java");
    }
}
