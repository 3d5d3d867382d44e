package dev.carafe.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ByteSizeTest {
    @Test
    void unitsArePowersOf1024HoweverSpelled() {
        for (String text : new String[] {"1.5g", "1.5G", "1.5gb", "1.5GiB"}) {
            assertThat(ByteSize.parse(text).bytes()).isEqualTo(3L << 29);
        }
        assertThat(ByteSize.parse("512").bytes()).isEqualTo(512);
        assertThat(ByteSize.parse("7b").bytes()).isEqualTo(7);
    }

    @Test
    void nonsenseIsRefused() {
        for (String text : new String[] {"", "x", "1x", "k", "1kk", "-1"}) {
            assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(InvalidArgument.class);
        }
    }

    @Test
    void decimalIsDockers() {
        assertThat(new ByteSize(0).decimal()).isEqualTo("0B");
        assertThat(new ByteSize(12_345).decimal()).isEqualTo("12.3kB");
        assertThat(new ByteSize(1_240_000).decimal()).isEqualTo("1.24MB");
        assertThat(new ByteSize(120_000_000).decimal()).isEqualTo("120MB");
    }
}
