package dev.carafe.engine.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DetachKeysTest {
    private static String passed(DetachKeys keys, String input) {
        byte[] bytes = input.getBytes(StandardCharsets.ISO_8859_1);
        byte[] out = keys.filter(bytes, 0, bytes.length);
        return out == null ? "detached" : new String(out, StandardCharsets.ISO_8859_1);
    }

    @Test
    void ctrlPCtrlQIsTheDefault() {
        assertThat(passed(DetachKeys.parse(null), "ls\20\21")).isEqualTo("detached");
        assertThat(passed(DetachKeys.parse(""), "\20\21")).isEqualTo("detached");
    }

    @Test
    void theSequenceMayComeInParts() {
        DetachKeys keys = DetachKeys.parse(null);
        assertThat(passed(keys, "a\20")).isEqualTo("a");
        assertThat(passed(keys, "\21")).isEqualTo("detached");
    }

    @Test
    void whatBreaksOffIsPassedOn() {
        DetachKeys keys = DetachKeys.parse(null);
        assertThat(passed(keys, "\20")).isEmpty();
        assertThat(passed(keys, "x")).isEqualTo("\20x");
        assertThat(passed(keys, "\20\20\21")).isEqualTo("detached");
    }

    @Test
    void aSequenceThatRepeatsItselfIsFoundWhereverItBegins() {
        assertThat(passed(DetachKeys.parse("a,a,b"), "aaab")).isEqualTo("detached");
        assertThat(passed(DetachKeys.parse("a,a,b"), "aaxaab")).isEqualTo("detached");
        assertThat(passed(DetachKeys.parse("a,b,a,c"), "ababac")).isEqualTo("detached");
        assertThat(passed(DetachKeys.parse("a,a,b"), "aacaa")).isEqualTo("aac");
    }

    @Test
    void keysAreLettersOrControlKeys() {
        assertThat(passed(DetachKeys.parse("ctrl-@,ctrl-[,z"), "\0\33z")).isEqualTo("detached");
        for (String wrong : new String[] {"ctrl-1", "abc", "ctrl-", "a,,b"}) {
            assertThatThrownBy(() -> DetachKeys.parse(wrong)).isInstanceOf(InvalidArgument.class);
        }
    }
}
