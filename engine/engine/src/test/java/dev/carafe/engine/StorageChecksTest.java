package dev.carafe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.StorageConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StorageChecksTest {
    private static final List<String> MOUNTS =
            List.of(
                    "/dev/a / ext4 rw,relatime 0 0",
                    "/dev/b /var/lib xfs rw,relatime,prjquota 0 0",
                    "/dev/c /var/lib/my\\040data ext4 rw 0 0",
                    "none /proc proc rw 0 0");

    @Test
    void theMountThatHoldsTheDataCounts() {
        assertThat(StorageChecks.hasQuotas(MOUNTS, Path.of("/srv"))).isFalse();
        assertThat(StorageChecks.hasQuotas(MOUNTS, Path.of("/var/lib/carafe"))).isTrue();
        assertThat(StorageChecks.hasQuotas(MOUNTS, Path.of("/var/library"))).isFalse();
        assertThat(StorageChecks.hasQuotas(MOUNTS, Path.of("/var/lib/my data/c"))).isFalse();
    }

    @Test
    void aSizeIsRefusedWithDockersSentence() {
        HostConfig host =
                HostConfig.defaults()
                        .withStorage(
                                new StorageConfig(
                                        List.of(),
                                        List.of(),
                                        Map.of(),
                                        List.of(),
                                        "",
                                        0,
                                        Map.of("size", "1G")));
        assertThatThrownBy(() -> StorageChecks.check(host, Path.of("/proc")))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("xfs with 'pquota' mount option");
        StorageChecks.check(HostConfig.defaults(), Path.of("/proc"));
    }
}
