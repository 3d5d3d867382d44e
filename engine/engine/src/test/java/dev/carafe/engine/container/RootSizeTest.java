package dev.carafe.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.config.StorageConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RootSizeTest {
    private static StorageConfig with(String key, String value) {
        return new StorageConfig(
                List.of(), List.of(), Map.of(), List.of(), "", 0, Map.of(key, value));
    }

    @Test
    void aSizeIsReadAsMemoryIs() {
        assertThat(RootSize.bytes(with("size", "10G"))).isEqualTo(10L << 30);
        assertThat(RootSize.bytes(with("Size", "512"))).isEqualTo(512);
        assertThat(RootSize.bytes(StorageConfig.none())).isZero();
    }

    @Test
    void whatCanNotBeIsRefusedWithDockersSentence() {
        assertThatThrownBy(() -> RootSize.check(with("size", "1G"), () -> false))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("xfs with 'pquota' mount option");
        assertThatThrownBy(() -> RootSize.check(with("inodes", "1"), () -> true))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("unknown option inodes");
        assertThatThrownBy(() -> RootSize.check(with("size", "much"), () -> true))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("invalid size: 'much'");
        RootSize.check(StorageConfig.none(), () -> false);
    }
}
