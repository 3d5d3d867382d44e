package dev.carafe.build.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ContextSpoolTest {
    private static boolean isText(byte[] bytes) throws IOException {
        BufferedInputStream stream = new BufferedInputStream(new ByteArrayInputStream(bytes));
        boolean text = ContextSpool.isText(stream);
        assertThat(stream.readAllBytes()).isEqualTo(bytes);
        return text;
    }

    @Test
    void aDockerfileIsToldFromArchives() throws IOException {
        assertThat(isText("FROM scratch\n# ä\n".getBytes(StandardCharsets.UTF_8))).isTrue();
        byte[] tar = new byte[1024];
        tar[0] = 'f';
        assertThat(isText(tar)).isFalse();
        assertThat(isText(new byte[] {0x1f, (byte) 0x8b, 8, 0})).isFalse();
        assertThat(isText(new byte[] {'B', 'Z', 'h', '9', 0x31, 0x41, 0x59, 0x26, 0})).isFalse();
        assertThat(isText(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0})).isFalse();
        assertThat(isText(new byte[0])).isFalse();
    }
}
