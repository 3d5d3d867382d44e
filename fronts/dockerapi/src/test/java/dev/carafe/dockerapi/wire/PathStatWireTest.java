package dev.carafe.dockerapi.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.linux.Stat;
import org.junit.jupiter.api.Test;

class PathStatWireTest {
    @Test
    void modesAreGos() {
        assertThat(PathStatWire.goMode(Stat.S_IFREG | 0644)).isEqualTo(0644L);
        assertThat(PathStatWire.goMode(Stat.S_IFDIR | 01777)).isEqualTo(0x80100000L | 0777);
        assertThat(PathStatWire.goMode(Stat.S_IFLNK | 0777)).isEqualTo(0x08000000L | 0777);
        assertThat(PathStatWire.goMode(Stat.S_IFREG | 06755)).isEqualTo(0x00c00000L | 0755);
        assertThat(PathStatWire.goMode(Stat.S_IFCHR | 0600)).isEqualTo(0x04200000L | 0600);
        assertThat(PathStatWire.goMode(Stat.S_IFBLK | 0600)).isEqualTo(0x04000000L | 0600);
        assertThat(PathStatWire.goMode(Stat.S_IFIFO | 0600)).isEqualTo(0x02000000L | 0600);
        assertThat(PathStatWire.goMode(Stat.S_IFSOCK | 0600)).isEqualTo(0x01000000L | 0600);
    }
}
