package dev.carafe.engine.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.linux.Mounts;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalFlagsTest {
    @Test
    void wordsOfMountBecomeFlagsAndTheRestIsTheFileSystems() {
        LocalFlags flags = LocalFlags.of(List.of("addr=nas", "ro", "soft", "nosuid", "defaults"));
        assertThat(flags.bits()).isEqualTo(Mounts.MS_RDONLY | Mounts.MS_NOSUID);
        assertThat(flags.data()).isEqualTo("addr=nas,soft");
        assertThat(flags.attributes())
                .isEqualTo(Mounts.MOUNT_ATTR_RDONLY | Mounts.MOUNT_ATTR_NOSUID);
    }

    @Test
    void theLastOfTwoOppositesCounts() {
        assertThat(LocalFlags.of(List.of("ro", "rw", "exec", "noexec")).bits())
                .isEqualTo(Mounts.MS_NOEXEC);
        assertThat(LocalFlags.of(List.of("rbind")).recursive()).isTrue();
        assertThat(LocalFlags.of(List.of("bind")).recursive()).isFalse();
    }
}
