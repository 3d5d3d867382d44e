package dev.carafe.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import java.util.List;
import org.junit.jupiter.api.Test;

class StorageSettingsTest {
    @Test
    void theSizeIsReadAndOtherOptionsAreRefused() {
        assertThat(StorageSettings.rootSizeBytes(List.of())).isZero();
        assertThat(StorageSettings.rootSizeBytes(List.of("Overlay2.Size=10G")))
                .isEqualTo(10L << 30);
        assertThatThrownBy(() -> StorageSettings.rootSizeBytes(List.of("dm.basesize=1G")))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("error initializing graphdriver: overlay2: unknown option dm.basesize");
        assertThatThrownBy(() -> StorageSettings.rootSizeBytes(List.of("size")))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageEndingWith("unable to parse storage-opt key/value: size");
        assertThatThrownBy(() -> StorageSettings.rootSizeBytes(List.of("overlay2.size=much")))
                .isInstanceOf(InvalidArgument.class);
    }

    @Test
    void aBoundThatNothingKeepsIsRefused() {
        assertThatThrownBy(() -> StorageSettings.check(1, false))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("Filesystem does not support Project Quota");
        assertThatCode(() -> StorageSettings.check(1, true)).doesNotThrowAnyException();
        assertThatCode(() -> StorageSettings.check(0, false)).doesNotThrowAnyException();
    }
}
