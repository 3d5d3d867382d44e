package dev.carafe.dockerapi.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FramesTest {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final FrameOutput out = new FrameOutput(sent, true);

    /// A frame as a client sends it.
    private static byte[] frame(int first, byte[] content) {
        byte[] mask = {1, 2, 3, 4};
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(first);
        if (content.length < 126) {
            bytes.write(0x80 | content.length);
        } else {
            bytes.write(0x80 | 126);
            bytes.write(content.length >> 8);
            bytes.write(content.length);
        }
        bytes.writeBytes(mask);
        for (int i = 0; i < content.length; i++) {
            bytes.write(content[i] ^ mask[i & 3]);
        }
        return bytes.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private FrameInput in(byte[]... frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            all.writeBytes(frame);
        }
        return new FrameInput(new ByteArrayInputStream(all.toByteArray()), out);
    }

    @Test
    void dataFramesAreOneStream() throws IOException {
        byte[] large = new byte[3000];
        Arrays.fill(large, (byte) 'x');
        FrameInput in =
                in(
                        frame(0x81, text("one ")),
                        frame(0x02, text("two ")),
                        frame(0x80, text("three ")),
                        frame(0x82, large));
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("one two three " + "x".repeat(3000));
    }

    @Test
    void pingsAreAnsweredAndACloseEndsTheInput() throws IOException {
        FrameInput in =
                in(
                        frame(0x89, text("hi")),
                        frame(0x82, text("a")),
                        frame(0x88, new byte[] {3, (byte) 0xe8}),
                        frame(0x82, text("late")));
        assertThat(in.readAllBytes()).isEqualTo(text("a"));
        assertThat(sent.toByteArray())
                .isEqualTo(new byte[] {(byte) 0x8a, 2, 'h', 'i', (byte) 0x88, 2, 3, (byte) 0xe8});
        assertThatThrownBy(() -> out.write(1)).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsNoFrameOfAClientIsRefused() {
        assertThatThrownBy(() -> in(new byte[] {(byte) 0x82, 1, 'a'}).read())
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> in(frame(0xc2, text("a"))).read()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> in(frame(0x89, new byte[200])).read())
                .isInstanceOf(IOException.class);
    }

    @Test
    void eachWriteIsAFrameOfItsLength() throws IOException {
        out.write(text("abc"));
        out.write(new byte[300]);
        out.write(new byte[70_000]);
        byte[] all = sent.toByteArray();
        assertThat(Arrays.copyOf(all, 5)).isEqualTo(new byte[] {(byte) 0x82, 3, 'a', 'b', 'c'});
        assertThat(Arrays.copyOfRange(all, 5, 9)).isEqualTo(new byte[] {(byte) 0x82, 126, 1, 44});
        assertThat(Arrays.copyOfRange(all, 309, 319))
                .isEqualTo(new byte[] {(byte) 0x82, 127, 0, 0, 0, 0, 0, 1, 0x11, 0x70});
        assertThat(all).hasSize(319 + 70_000);
    }
}
