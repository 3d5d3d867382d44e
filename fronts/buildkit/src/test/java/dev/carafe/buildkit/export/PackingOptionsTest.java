package dev.carafe.buildkit.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.NotImplemented;
import dev.carafe.images.Packing;
import dev.carafe.images.Packing.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PackingOptionsTest {
    @Test
    void compressionsHaveLevelsOfTheirOwn() {
        assertThat(PackingOptions.of(Map.of())).isEqualTo(Packing.USUAL);
        assertThat(
                        PackingOptions.of(
                                Map.of(
                                        "compression", "zstd",
                                        "compression-level", "22",
                                        "force-compression", "true")))
                .isEqualTo(new Packing(Kind.ZSTD, 22, true));
        assertThat(PackingOptions.of(Map.of("compression-level", "9")))
                .isEqualTo(new Packing(Kind.GZIP, 9, false));
        assertThatThrownBy(() -> PackingOptions.of(Map.of("compression-level", "10")))
                .hasMessage("compression-level=10 can't be: it goes from 0 to 9");
        assertThatThrownBy(() -> PackingOptions.of(Map.of("compression-level", "much")))
                .hasMessage("non-integer value much specified for compression-level");
    }

    @Test
    void othersAreRefused() {
        assertThatThrownBy(() -> PackingOptions.of(Map.of("compression", "estargz")))
                .isInstanceOf(NotImplemented.class)
                .hasMessage(
                        "compression=estargz is not supported: take gzip, zstd or uncompressed");
        assertThatThrownBy(() -> PackingOptions.of(Map.of("compression", "lzma")))
                .hasMessage("unsupported layer compression type: \"lzma\"");
        assertThatThrownBy(() -> PackingOptions.of(Map.of("force-compression", "maybe")))
                .hasMessage("non-bool value specified for force-compression: maybe");
    }
}
