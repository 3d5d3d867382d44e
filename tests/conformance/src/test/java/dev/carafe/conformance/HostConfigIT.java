package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What HostConfig asks for, looked at from inside the container.
class HostConfigIT {
    private static Carafe carafe;
    private static Leaks before;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("hostc");
        carafe.docker("run", "--rm", "busybox", "true").ok();
        before = Leaks.of(carafe);
    }

    @AfterAll
    static void stop() {
        try {
            Leaks.assertNoneSince(before, carafe);
        } finally {
            carafe.close();
            Command.shell("rmdir /sys/fs/cgroup/*/carafe-hostc 2>/dev/null");
        }
    }

    /// The flags are words without spaces, or follow as further arguments.
    private static Command run(String flags, String... script) {
        List<String> words = new ArrayList<>(List.of("run", "--rm"));
        if (!flags.isEmpty()) {
            words.addAll(Arrays.asList(flags.split(" ")));
        }
        words.addAll(List.of("busybox", "sh", "-c", String.join("; ", script)));
        return carafe.docker(words.toArray(String[]::new));
    }

    private static List<String> lines(String flags, String... script) {
        return run(flags, script).ok().lines().map(String::strip).toList();
    }

    @Test
    void devicesAreThereAndRulesOpenOthers() {
        assertThat(
                        run(
                                        "--device /dev/zero:/dev/mine --cap-drop MKNOD",
                                        "head -c 3 /dev/mine | wc -c")
                                .ok())
                .isEqualTo("3");
        // No driver has this number: who may open it learns that.
        String open = "mknod /d c 240 7 && head -c 1 /d";
        assertThat(run("", open).err()).contains("Operation not permitted");
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "--device-cgroup-rule",
                                        "c 240:7 rwm",
                                        "busybox",
                                        "sh",
                                        "-c",
                                        open)
                                .err())
                .contains("No such device or address");
        Command absent = run("--device /does/not", "true");
        assertThat(absent.err())
                .contains(
                        "error gathering device information while adding custom device \"/does/not\": no such file or directory");
        assertThat(
                        run("--privileged", "test -c /dev/kmsg && mknod /d c 240 7 && head -c 1 /d")
                                .err())
                .contains("No such device or address");
    }

    @Test
    void kernelSettingsAreTheContainersOwn() {
        assertThat(
                        lines(
                                "--sysctl net.ipv4.ip_forward=1 --sysctl kernel.msgmax=9000",
                                "cat /proc/sys/net/ipv4/ip_forward /proc/sys/kernel/msgmax"))
                .containsExactly("1", "9000");
        assertThat(run("--network host --sysctl net.ipv4.ip_forward=1", "true").exit())
                .isEqualTo(125);
    }

    @Test
    void limitsOfTheProcess() {
        assertThat(
                        lines(
                                "--ulimit nofile=100:200 --ulimit core=0 --oom-score-adj 300 --cpuset-cpus 0",
                                "ulimit -n",
                                "ulimit -Hn",
                                "ulimit -c",
                                "cat /proc/self/oom_score_adj",
                                "grep -o 'Cpus_allowed_list.*' /proc/self/status"))
                .containsExactly("100", "200", "0", "300", "Cpus_allowed_list:\t0");
        assertThat(run("--cpuset-cpus 99", "true").err())
                .contains("Requested CPUs are not available - requested 99");
    }

    @Test
    void limitsOfTheCgroup() {
        Assumptions.assumeFalse(Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers")));
        assertThat(
                        lines(
                                "--cpu-shares 300 --cpu-quota 50000 --pids-limit 20 --blkio-weight 300",
                                "cd /sys/fs/cgroup",
                                "cat cpu/cpu.shares cpu/cpu.cfs_quota_us pids/pids.max blkio/blkio*weight"))
                .containsExactly("300", "50000", "20", "300");
        assertThat(
                        lines(
                                "-m 64m --memory-reservation 32m --memory-swappiness 10 --oom-kill-disable",
                                "cd /sys/fs/cgroup/memory",
                                "cat memory.limit_in_bytes memory.soft_limit_in_bytes memory.swappiness",
                                "head -1 memory.oom_control"))
                .containsExactly("67108864", "33554432", "10", "oom_kill_disable 1");
        assertThat(lines("--cgroupns private", "grep -c ':/$' /proc/self/cgroup"))
                .doesNotContain("0");
        assertThat(
                        lines(
                                "--cgroup-parent /carafe-hostc",
                                "grep -c ':/carafe-hostc/' /proc/self/cgroup"))
                .doesNotContain("0");
    }

    @Test
    void reachingADiskIsThrottled() throws IOException {
        Assumptions.assumeFalse(Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers")));
        String disk = Command.shell("lsblk -dpno NAME | head -n 1").ok();
        Assumptions.assumeFalse(disk.isEmpty());
        assertThat(
                        lines(
                                "--device-read-bps "
                                        + disk
                                        + ":1mb --device-write-iops "
                                        + disk
                                        + ":100",
                                "cd /sys/fs/cgroup/blkio",
                                "cat blkio.throttle.read_bps_device blkio.throttle.write_iops_device"))
                .satisfiesExactly(
                        bps -> assertThat(bps).endsWith(" 1048576"),
                        iops -> assertThat(iops).endsWith(" 100"));
        assertThat(run("--device-read-bps /dev/does-not:1mb", "true").err())
                .contains("no such device: /dev/does-not");
    }

    @Test
    void securityOptions() throws IOException {
        assertThat(
                        lines(
                                "--security-opt no-new-privileges --cap-add SYS_TIME --cap-drop CHOWN",
                                "grep -E 'NoNewPrivs|Seccomp:|CapEff' /proc/self/status"))
                .containsExactly("CapEff:\t00000000aa0425fa", "NoNewPrivs:\t1", "Seccomp:\t2");
        assertThat(lines("--security-opt seccomp=unconfined", "grep Seccomp: /proc/self/status"))
                .containsExactly("Seccomp:\t0");
        Path profile = carafe.home().resolve("profile.json");
        Files.writeString(
                profile,
                "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"names\":[\"mkdir\",\"mkdirat\"],"
                        + "\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":13}]}");
        assertThat(run("--security-opt seccomp=" + profile, "mkdir /x").err())
                .contains("Permission denied");
        assertThat(
                        lines(
                                "--security-opt systempaths=unconfined",
                                "grep -c ' /proc/' /proc/self/mountinfo || true"))
                .containsExactly("0");
        assertThat(
                        run(
                                        "--security-opt apparmor=unconfined --security-opt label=disable",
                                        "true")
                                .exit())
                .isZero();
        assertThat(run("--security-opt odd=1", "true").err())
                .contains("invalid --security-opt 2: \"odd=1\"");
        assertThat(run("--cap-add ODD", "true").err())
                .contains("invalid CapAdd: unknown capability: \"CAP_ODD\"");
    }

    @Test
    void groupsNamespacesAndNotes() {
        assertThat(lines("--group-add audio --group-add 1234", "id -G"))
                .containsExactly("0 29 1234");
        assertThat(run("--group-add nope", "true").err())
                .contains("unable to find group nope: no matching entries in group file");
        assertThat(lines("--userns host --uts host", "cat /proc/self/uid_map", "hostname"))
                .satisfiesExactly(
                        map -> assertThat(map).matches("0 +0 +4294967295"),
                        host -> assertThat(host).isEqualTo(Command.shell("hostname").ok()));
        carafe.docker("create", "--name", "noted", "--annotation", "a=b", "busybox").ok();
        assertThat(carafe.docker("inspect", "-f", "{{json .HostConfig.Annotations}}", "noted").ok())
                .isEqualTo("{\"a\":\"b\"}");
        carafe.docker("rm", "noted").ok();
    }

    @Test
    void whatCanNotBeIsRefusedWithDockersWords() {
        assertThat(run("--storage-opt size=1g", "true").err())
                .contains("--storage-opt is supported only for overlay over xfs with 'pquota'");
        assertThat(run("--runtime odd", "true").err())
                .contains("unknown or invalid runtime name: odd");
        assertThat(run("--runtime io.containerd.runc.v2", "true").exit()).isZero();
        assertThat(run("--gpus all", "true").err())
                .contains("could not select device driver \"\" with capabilities: [[gpu]]");
        assertThat(run("--link nobody:x", "true").err())
                .contains("could not get container for nobody: No such container: nobody");
        assertThat(run("--volumes-from nobody", "true").err())
                .contains("No such container: nobody");
        assertThat(run("--pid container:nobody", "true").err())
                .contains("No such container: nobody");
        assertThat(run("--network container:nobody", "true").err())
                .contains("joining network namespace of container: No such container: nobody");
        assertThat(run("--cpu-shares -1", "true").err())
                .contains("invalid CPU shares (-1): value must be a positive integer");
    }
}
