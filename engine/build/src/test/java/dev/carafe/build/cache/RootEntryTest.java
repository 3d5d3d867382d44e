package dev.carafe.build.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RootEntryTest {
    private static byte[] header(String name, char type, int size) {
        byte[] block = new byte[512];
        put(block, 0, name);
        put(block, 100, "0001700\0");
        put(block, 108, "0000122\0");
        put(block, 116, "0000005\0");
        put(block, 124, String.format("%011o\0", size));
        block[156] = (byte) type;
        return block;
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    private static ByteArrayInputStream tar(byte[]... blocks) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] block : blocks) {
            all.write(block);
        }
        return new ByteArrayInputStream(all.toByteArray());
    }

    @Test
    void itIsTheFirstEntryWithOrWithoutFurtherHeaders() throws IOException {
        RootEntry expected = new RootEntry(01700, 82, 5);
        assertThat(RootEntry.of(tar(header("./", '5', 0)))).contains(expected);
        assertThat(RootEntry.of(tar(header("p", 'x', 513), new byte[1024], header("./", '5', 0))))
                .contains(expected);
    }

    @Test
    void aTarWithoutItHasNone() throws IOException {
        assertThat(RootEntry.of(tar(header("./a", '0', 0)))).isEmpty();
        assertThat(RootEntry.of(tar(header("p", 'x', 1 << 20), new byte[1024]))).isEmpty();
        assertThat(RootEntry.of(tar(new byte[100]))).isEmpty();
        assertThat(RootEntry.of(tar())).isEmpty();
    }
}
