package dev.carafe.images.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {
    private static final int SKIPPABLE = 0x184D2A50;

    /// A layer as zstd:chunked has it: a frame for each file, then the table of contents and the
    /// footer in skippable frames.
    private static byte[] chunked(String... files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String file : files) {
            out.writeBytes(Zstd.compress(file.getBytes(UTF_8)));
        }
        out.writeBytes(skippable(Zstd.compress("{\"version\":1,\"entries\":[]}".getBytes(UTF_8))));
        out.writeBytes(skippable(new byte[64]));
        return out.toByteArray();
    }

    private static byte[] skippable(byte[] content) {
        return ByteBuffer.allocate(8 + content.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(SKIPPABLE)
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static byte[] plain(byte[] stored, int pieceBytes) throws IOException {
        InputStream dripping =
                new ByteArrayInputStream(stored) {
                    @Override
                    public int read(byte[] bytes, int offset, int length) {
                        return super.read(bytes, offset, Math.min(length, pieceBytes));
                    }
                };
        try (InputStream in = Compression.plain(dripping)) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 1 << 20})
    void zstdChunkedIsReadAsTheBytesOfItsFrames(int pieceBytes) throws IOException {
        assertThat(plain(chunked("one", "two", "x".repeat(300_000)), pieceBytes))
                .isEqualTo(("onetwo" + "x".repeat(300_000)).getBytes(UTF_8));
    }

    @Test
    void aFrameThatIsCutShortIsAFault() {
        byte[] whole = Zstd.compress("x".repeat(300_000).getBytes(UTF_8));
        byte[] cut = Arrays.copyOf(whole, whole.length - 3);
        assertThatThrownBy(() -> plain(cut, 1 << 20)).isInstanceOf(IOException.class);
    }
}
