package dev.carafe.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class BulkInputTest {
    private static final byte[] BYTES = {0, -1, 127};

    private static BulkInput bulk(InputStream in) {
        return new BulkInput() {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return in.read(bytes, offset, length);
            }
        };
    }

    private static BulkFilter filter(InputStream in) {
        return new BulkFilter(in) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return in.read(bytes, offset, length);
            }
        };
    }

    private static void check(InputStream in) throws IOException {
        assertThat(in.read()).isZero();
        assertThat(in.read()).isEqualTo(255);
        assertThat(in.read()).isEqualTo(127);
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void singleBytesAreUnsignedAndEndWithTheStream() throws IOException {
        check(bulk(new ByteArrayInputStream(BYTES)));
        check(filter(new ByteArrayInputStream(BYTES)));
    }
}
