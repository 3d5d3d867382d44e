package dev.carafe.runtime.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.linux.Mounts;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountOptionsTest {
    @Test
    void flagsDataAndPropagationAreSorted() {
        MountOptions options =
                MountOptions.parse(
                        List.of(
                                "nosuid",
                                "ro",
                                "mode=755",
                                "size=65536k",
                                "rslave",
                                "strictatime"));
        assertThat(options.flags())
                .isEqualTo(Mounts.MS_NOSUID | Mounts.MS_RDONLY | Mounts.MS_STRICTATIME);
        assertThat(options.propagation()).isEqualTo(Mounts.MS_SLAVE | Mounts.MS_REC);
        assertThat(options.data()).isEqualTo("mode=755,size=65536k");
        assertThat(options.bind()).isFalse();
    }

    @Test
    void theLastOfTwoOppositesCounts() {
        assertThat(
                        MountOptions.parse(List.of("ro", "rw", "nodev", "dev", "exec", "noexec"))
                                .flags())
                .isEqualTo(Mounts.MS_NOEXEC);
    }

    @Test
    void recursiveOnesAreApart() {
        MountOptions options = MountOptions.parse(List.of("rbind", "rro", "rnosuid", "relatime"));
        assertThat(options.bind()).isTrue();
        assertThat(options.recursive()).isTrue();
        assertThat(options.recursiveFlags()).isEqualTo(Mounts.MS_RDONLY | Mounts.MS_NOSUID);
        assertThat(options.flags()).isEqualTo(Mounts.MS_RELATIME);
    }

    @Test
    void attributesOfAccessTimesReplaceEachOther() {
        assertThat(MountOptions.attributes(Mounts.MS_NOATIME)).isEqualTo(Mounts.MOUNT_ATTR_NOATIME);
        assertThat(MountOptions.clearedAttributes(Mounts.MS_NOATIME))
                .isEqualTo(Mounts.MOUNT_ATTR_ATIME);
        assertThat(MountOptions.clearedAttributes(Mounts.MS_RDONLY)).isZero();
    }
}
