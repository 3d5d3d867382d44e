package dev.carafe.images.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.testkit.Packing;
import dev.carafe.testkit.Seeded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GunzipStreamTest {
    private static byte[] unpack(byte[] packed, int piece) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        // gives one to three bytes at a time, as a slow socket may
        InputStream slow =
                new ByteArrayInputStream(packed) {
                    @Override
                    public synchronized int read(byte[] b, int off, int len) {
                        return super.read(b, off, Math.min(len, piece));
                    }

                    @Override
                    public synchronized int available() {
                        return 0;
                    }
                };
        try (GunzipStream in = new GunzipStream(slow)) {
            byte[] buffer = new byte[777];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
            assertThat(in.read()).isEqualTo(-1);
        }
        return out.toByteArray();
    }

    static LongStream seeds() {
        return Seeded.seeds(30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void membersFollowEachOther(long seed) throws IOException {
        Seeded random = new Seeded(seed);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        for (int i = random.between(1, 4); i > 0; i--) {
            byte[] part = random.softBytes(random.between(0, 200_000));
            plain.write(part);
            packed.write(Packing.GZIP.pack(part));
        }
        packed.write(new byte[random.oneIn(2) ? 0 : random.between(1, 2000)]);
        assertThat(unpack(packed.toByteArray(), random.oneIn(3) ? 3 : 1 << 20))
                .isEqualTo(plain.toByteArray());
    }

    @Test
    void optionalHeaderFieldsAreSkipped() throws IOException {
        byte[] packed = Packing.GZIP.pack("hello".getBytes());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(packed, 0, 3);
        out.write(2 + 4 + 8 + 16);
        out.write(packed, 4, 6);
        out.write(new byte[] {3, 0, 1, 2, 3, 'n', 'a', 'm', 'e', 0, 'n', 'o', 't', 'e', 0, 9, 9});
        out.write(packed, 10, packed.length - 10);
        assertThat(unpack(out.toByteArray(), 1)).isEqualTo("hello".getBytes());
    }

    @Test
    void everyCutIsNoticed() throws IOException {
        byte[] packed = Packing.GZIP.pack(new Seeded(3).softBytes(3000));
        for (int length = 0; length < packed.length; length++) {
            byte[] cut = Arrays.copyOf(packed, length);
            assertThatThrownBy(() -> unpack(cut, 1 << 20))
                    .as("cut at %d", length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aWrongChecksumOrTailIsNoticed() throws IOException {
        byte[] packed = Packing.GZIP.pack(new Seeded(3).softBytes(3000));
        for (int at : new int[] {packed.length - 8, packed.length - 1}) {
            byte[] wrong = packed.clone();
            wrong[at] ^= 1;
            assertThatThrownBy(() -> unpack(wrong, 1 << 20)).hasMessage("gzip: wrong checksum");
        }
        byte[] tail = Arrays.copyOf(packed, packed.length + 3);
        tail[packed.length] = 'x';
        assertThatThrownBy(() -> unpack(tail, 1 << 20)).hasMessage("gzip: no gzip header");
    }
}
