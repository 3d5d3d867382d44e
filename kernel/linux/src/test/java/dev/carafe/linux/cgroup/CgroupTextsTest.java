package dev.carafe.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.linux.cgroup.CgroupLimits.DeviceRule;
import dev.carafe.linux.cgroup.CgroupStats.BlockEntry;
import dev.carafe.linux.cgroup.DeviceProgram.Device;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CgroupTextsTest {
    private static final String HYBRID =
            """
            26 1 254:0 / / rw,relatime - ext4 /dev/vda rw
            31 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:5 - cgroup cgroup rw,cpu,cpuacct
            34 30 0:31 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
            35 30 0:31 / /mnt/again rw,relatime - cgroup cgroup rw,memory
            39 30 0:36 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,xattr,name=systemd
            40 30 0:37 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
            """;

    @Test
    void hybridMountsAreFound() {
        List<Hierarchy> found =
                Hierarchies.parse(HYBRID, "0::/", at -> true, at -> Set.of("hugetlb"));
        assertThat(found).hasSize(4);
        assertThat(found.getFirst().names()).containsExactlyInAnyOrder("cpu", "cpuacct");
        assertThat(found.getFirst().directory("docker/x"))
                .isEqualTo("/sys/fs/cgroup/cpu,cpuacct/docker/x");
        assertThat(found.get(1).base()).isEqualTo("/sys/fs/cgroup/memory");
        assertThat(found.get(2).names()).containsExactly("name=systemd");
        assertThat(found.get(3).v2()).isTrue();
        assertThat(found.get(3).controllers()).containsExactly("hugetlb");
        assertThat(Detection.manager(found).layout()).isEqualTo(CgroupManager.Layout.HYBRID);
        assertThat(Detection.manager(found).controllers())
                .containsExactlyInAnyOrder("cpu", "cpuacct", "memory", "hugetlb");
        assertThat(Detection.manager(found.subList(0, 3)).layout())
                .isEqualTo(CgroupManager.Layout.V1);
    }

    @Test
    void whereTheMountIsNotOursOurOwnGroupIsTheBase() {
        String line = "30 1 0:1 / /sys/fs/cgroup\\040x rw - cgroup2 cgroup2 rw\n";
        assertThat(base(line, "0::/user.slice/me")).isEqualTo("/sys/fs/cgroup x/user.slice/me");
        assertThat(base(line.replace("0:1 /", "0:1 /user.slice"), "0::/user.slice/me"))
                .isEqualTo("/sys/fs/cgroup x/me");
        assertThat(base(line, "0::/")).isEqualTo("/sys/fs/cgroup x");
    }

    @Test
    void sharesBecomeWeightsWithTheDefaultsMatching() {
        assertThat(V2Limits.weight(2)).isEqualTo(1);
        assertThat(V2Limits.weight(1024)).isEqualTo(100);
        assertThat(V2Limits.weight(262_144)).isEqualTo(10_000);
        assertThat(V2Limits.weight(512)).isBetween(49L, 62L);
        assertThat(V2Limits.blockWeight(10)).isEqualTo(1);
        assertThat(V2Limits.blockWeight(1000)).isEqualTo(10_000);
    }

    @Test
    void blockStatisticsAreParsedInBothForms() {
        assertThat(V1Stats.parse("8:0 Read 4096\n8:0 Total 4096\nTotal 4096\n"))
                .containsExactly(
                        new BlockEntry(8, 0, "Read", 4096), new BlockEntry(8, 0, "Total", 4096));
        CgroupStats.Block block =
                V2Stats.parse(
                        "8:16 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=5 dios=6\n254:0 rbytes=7\n");
        assertThat(block.bytes())
                .containsExactly(
                        new BlockEntry(8, 16, "read", 1),
                        new BlockEntry(8, 16, "write", 2),
                        new BlockEntry(8, 16, "discard", 5),
                        new BlockEntry(254, 0, "read", 7));
        assertThat(block.operations()).hasSize(3).contains(new BlockEntry(8, 16, "write", 4));
    }

    @Test
    void deviceRulesFoldAsVersion1sKernelCodeDoes() {
        DeviceProgram.Folded folded =
                DeviceProgram.fold(
                        List.of(
                                new DeviceRule(true, 'c', 9, 9, "r"),
                                new DeviceRule(false, 'a', null, null, "rwm"),
                                new DeviceRule(true, 'c', 1, 3, "r"),
                                new DeviceRule(true, 'c', 1, 3, "wm"),
                                new DeviceRule(true, 'b', 8, null, "rwm"),
                                new DeviceRule(false, 'b', 8, null, "wm"),
                                new DeviceRule(true, 'c', 5, 0, "r"),
                                new DeviceRule(false, 'c', 5, 0, "r")));
        assertThat(folded.allowByDefault()).isFalse();
        assertThat(folded.exceptions())
                .isEqualTo(Map.of(new Device(2, 1, 3), 7, new Device(1, 8, null), 2));
        assertThat(new DeviceRule(true, 'c', null, 3, "rw")).hasToString("c *:3 rw");
    }

    @Test
    void hugepageSizesAreNamedAsTheFilesAre() {
        assertThat(HugepageSizes.name("2048kB")).isEqualTo("2MB");
        assertThat(HugepageSizes.name("1048576kB")).isEqualTo("1GB");
        assertThat(HugepageSizes.name("64kB")).isEqualTo("64KB");
    }

    private static String base(String mountinfo, String own) {
        return Hierarchies.parse(mountinfo, own, at -> false, at -> Set.of()).getFirst().base();
    }
}
