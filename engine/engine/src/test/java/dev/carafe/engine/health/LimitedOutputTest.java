package dev.carafe.engine.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.engine.logs.StreamKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LimitedOutputTest {
    private static LimitedOutput of(String... chunks) {
        LimitedOutput output = new LimitedOutput();
        for (String chunk : chunks) {
            byte[] bytes = chunk.getBytes(StandardCharsets.UTF_8);
            output.write(StreamKind.STDERR, bytes, 0, bytes.length);
        }
        return output;
    }

    @Test
    void whatFitsIsKeptWhole() {
        assertThat(of("a", "b\n").text()).isEqualTo("ab\n");
        assertThat(of("x".repeat(4096)).text()).isEqualTo("x".repeat(4096));
    }

    @Test
    void moreThan4096BytesAreCutAndMarked() {
        assertThat(of("x".repeat(4095), "yz", "more").text()).isEqualTo("x".repeat(4095) + "y...");
    }
}
