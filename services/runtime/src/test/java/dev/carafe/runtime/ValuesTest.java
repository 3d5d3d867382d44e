package dev.carafe.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.DataLoss;
import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.cgroup.CgroupLimits;
import dev.carafe.oci.runtime.Linux;
import dev.carafe.oci.runtime.Resources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValuesTest {
    @TempDir Path folder;

    @Test
    void aMonitorsStateIsReadAsWritten() {
        MonitorState state =
                new MonitorState(12, 3456, 78, true, false, "docker/x", 0x7c020000L, "abc");
        state.write(folder);
        assertThat(MonitorState.read(folder)).contains(state);
        assertThat(MonitorState.read(folder.resolve("nothing"))).isEmpty();
    }

    @Test
    void aDamagedStateIsToldAndNotGuessed() throws Exception {
        RunFile.writeState(folder, "version=2\nmonitorPid=x\nend\n");
        assertThatThrownBy(() -> MonitorState.read(folder)).isInstanceOf(DataLoss.class);
        RunFile.writeState(folder, "version=3\nmonitorPid=1\nend\n");
        assertThatThrownBy(() -> MonitorState.read(folder)).isInstanceOf(DataLoss.class);
    }

    @Test
    void aStateThatWasNotWrittenToItsEndIsNone() {
        RunFile.writeState(folder, "version=2\nmonitorPid=12");
        assertThat(MonitorState.read(folder)).isEmpty();
    }

    @Test
    void aRunFileTellsNothingBeforeTheMonitorHasWrittenIt() {
        assertThat(RunFile.monitorPid(folder)).isEmpty();
        RunFile.writeState(folder, "version=2\n");
        assertThat(RunFile.monitorPid(folder)).isEmpty();
        assertThat(RunFile.started(folder)).isFalse();
        assertThat(RunFile.exit(folder)).isEmpty();
    }

    @Test
    void idsAreMapped() {
        List<Linux.IdMapping> map =
                List.of(new Linux.IdMapping(0, 1000, 1), new Linux.IdMapping(1, 100000, 10));
        assertThat(UserIds.host(map, 0)).isEqualTo(1000);
        assertThat(UserIds.host(map, 5)).isEqualTo(100004);
        assertThat(UserIds.host(map, 11)).isEqualTo(65534);
        assertThat(UserIds.host(List.of(), 11)).isEqualTo(11);
        assertThat(UserIds.map(map)).isEqualTo("0 1000 1\n1 100000 10\n");
    }

    @Test
    void resourcesBecomeLimits() {
        Resources resources =
                new Resources(
                        List.of(new Resources.DeviceRule(false, null, null, null, null)),
                        new Resources.Memory(1L, 2L, 3L, null, null, null, true, null, null),
                        null,
                        new Resources.Pids(4L),
                        null,
                        List.of(new Resources.HugepageLimit("2MB", 5)),
                        null,
                        Map.of(),
                        Map.of("memory.high", "6"));
        CgroupLimits limits = Limits.of(resources);
        assertThat(limits.memory().limit()).isEqualTo(1);
        assertThat(limits.memory().memorySwap()).isEqualTo(3);
        assertThat(limits.memory().oomKillDisable()).isTrue();
        assertThat(limits.pidsMax()).isEqualTo(4);
        assertThat(limits.hugepageBytes()).containsEntry("2MB", 5L);
        assertThat(limits.unified()).containsEntry("memory.high", "6");
        assertThat(limits.devices().getFirst().toString()).isEqualTo("a *:* rwm");
        assertThat(limits.devices().stream().map(Object::toString))
                .contains("c 1:3 rwm", "c 136:* rwm");
        assertThat(Limits.of(null)).isEqualTo(CgroupLimits.NONE);
    }

    @Test
    void signalsHaveNamesAndNumbers() {
        assertThat(OciProcess.signal("SIGTERM")).isEqualTo(15);
        assertThat(OciProcess.signal("kill")).isEqualTo(9);
        assertThat(OciProcess.signal("34")).isEqualTo(34);
        assertThatThrownBy(() -> OciProcess.signal("0")).isInstanceOf(InvalidArgument.class);
        assertThatThrownBy(() -> OciProcess.signal("NOPE")).isInstanceOf(InvalidArgument.class);
    }

    @Test
    void optionsAreReadAsGoReadsThem() {
        OciArguments parsed =
                OciArguments.parse(
                        List.of("--root", "/x", "-log=y", "--debug", "run", "--bundle", "z"),
                        Set.of("-root", "-log"),
                        Map.of());
        assertThat(parsed.value("-root")).contains("/x");
        assertThat(parsed.value("-log")).contains("y");
        assertThat(parsed.flag("-debug")).isTrue();
        assertThat(parsed.operands()).containsExactly("run", "--bundle", "z");
        assertThatThrownBy(() -> OciArguments.parse(List.of("--root"), Set.of("-root"), Map.of()))
                .isInstanceOf(InvalidArgument.class);
    }
}
