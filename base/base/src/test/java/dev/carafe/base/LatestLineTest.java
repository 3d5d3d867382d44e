package dev.carafe.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatestLineTest {
    @TempDir Path dir;
    private Path file;

    @BeforeEach
    void name() {
        file = dir.resolve("state");
    }

    private void write(String state) throws IOException {
        LatestLine.write(file, state.getBytes(UTF_8));
    }

    private String read() throws IOException {
        return new String(LatestLine.read(file).orElseThrow(), UTF_8);
    }

    @Test
    void theLastOneCounts() throws IOException {
        assertThat(LatestLine.read(file)).isEmpty();
        write("{\"a\":1}");
        assertThat(read()).isEqualTo("{\"a\":1}");
        write("{\"a\":\"ü\"}");
        assertThat(read()).isEqualTo("{\"a\":\"ü\"}");
    }

    /// The checksum is the one of RFC 3720's appendix B.4 for its numbers, here of nine digits.
    @Test
    void linesAreJsonWithAChecksum() throws IOException {
        write("123456789");
        assertThat(Files.readString(file))
                .isEqualTo("\n{\"crc32c\":\"e3069283\",\"state\":123456789}\n");
    }

    /// Wherever the power goes.
    @Test
    void anAppendThatWasCutOffDoesNotCount() throws IOException {
        write("{\"old\":1}");
        byte[] before = Files.readAllBytes(file);
        write("{\"new\":2}");
        byte[] after = Files.readAllBytes(file);
        for (int cut = before.length; cut < after.length - 1; cut++) {
            Files.write(file, Arrays.copyOf(after, cut));
            assertThat(read()).as("cut at %d", cut).isEqualTo("{\"old\":1}");
            write("{\"later\":3}");
            assertThat(read()).as("written after a cut at %d", cut).isEqualTo("{\"later\":3}");
        }
    }

    /// A file system may have grown the file and not have written what is in it.
    @Test
    void blocksThatNeverCameDoNotCount() throws IOException {
        write("{\"old\":1}");
        byte[] before = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(before, before.length + 4000));
        assertThat(read()).isEqualTo("{\"old\":1}");
    }

    @Test
    void aFileWithoutAWholeLineIsDamaged() throws IOException {
        for (String text :
                new String[] {"", "\n", "}", "{}", "{\"crc32c\":\"00000000\",\"state\":1}"}) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> LatestLine.read(file)).as(text).isInstanceOf(DataLoss.class);
        }
    }

    @Test
    void theFileStaysSmall() throws IOException {
        String state = "\"" + "x".repeat(1000) + "\"";
        for (int i = 0; i < 200; i++) {
            write(state);
        }
        assertThat(read()).isEqualTo(state);
        assertThat(Files.size(file)).isLessThanOrEqualTo(64 << 10);
        try (var files = Files.list(dir)) {
            assertThat(files).containsExactly(file);
        }
    }
}
