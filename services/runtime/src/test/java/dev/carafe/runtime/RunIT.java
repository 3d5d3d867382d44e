package dev.carafe.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.Conflict;
import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Namespaces;
import dev.carafe.oci.runtime.Capabilities;
import dev.carafe.oci.runtime.Device;
import dev.carafe.oci.runtime.Resources;
import dev.carafe.oci.runtime.Rlimit;
import dev.carafe.oci.runtime.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RunIT {
    private static Containers containers;

    @BeforeAll
    static void begin() {
        containers = new Containers();
    }

    @AfterAll
    static void end() {
        containers.close();
    }

    @Test
    void theExitCodeIsExact() {
        Instant before = Instant.now().minusSeconds(1);
        Containers.Result result =
                containers.run(Specs.shell("echo out; echo err >&2; exit 42").spec());
        assertThat(result.exit().code()).isEqualTo(42);
        assertThat(result.exit().signal()).isNull();
        assertThat(result.exit().finishedAt()).isBetween(before, Instant.now().plusSeconds(1));
        assertThat(result.out()).isEqualTo("out\n");
        assertThat(result.err()).isEqualTo("err\n");
    }

    @Test
    void aSignalIsTheExitCodePlus128() {
        ContainerHandle container =
                containers.create(Specs.of("sleep", "100").spec(), StdioRequest.pipes(false));
        container.start();
        container.kill(9);
        Exit exit = Containers.join(container.exited());
        assertThat(exit.code()).isEqualTo(137);
        assertThat(exit.signal()).isEqualTo(9);
        assertThatThrownBy(() -> container.kill(9)).isInstanceOf(Conflict.class);
        container.delete();
        container.delete();
    }

    @Test
    void stdinEndsWhenItIsClosed() {
        ContainerHandle container =
                containers.create(Specs.of("cat").spec(), StdioRequest.pipes(true));
        container.start();
        Containers.write(container.stdio().stdin(), "through\n");
        container.closeStdin();
        Containers.Result result = containers.finish(container);
        assertThat(result.out()).isEqualTo("through\n");
        assertThat(result.exit().code()).isZero();
        container.delete();
    }

    @Test
    void stdinClosedBeforeTheStartEndsToo() {
        ContainerHandle container =
                containers.create(Specs.of("cat").spec(), StdioRequest.pipes(true));
        container.closeStdin();
        container.start();
        assertThat(containers.finish(container).exit().code()).isZero();
        container.delete();
    }

    @Test
    void withoutStdinItIsNull() {
        assertThat(containers.output(Specs.shell("cat; readlink /proc/self/fd/0").spec()))
                .isEqualTo("/dev/null");
    }

    @Test
    void aStartIsPossibleOnce() {
        ContainerHandle container =
                containers.create(Specs.of("sleep", "100").spec(), StdioRequest.pipes(false));
        container.start();
        assertThatThrownBy(container::start).isInstanceOf(Conflict.class);
        container.delete();
    }

    @Test
    void aCreatedContainerCanBeDeleted() {
        ContainerHandle container =
                containers.create(Specs.of("true").spec(), StdioRequest.pipes(false));
        int pid = container.initPid();
        assertThat(Path.of("/proc/" + pid)).exists();
        container.delete();
        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    @Test
    void namespacesAreItsOwn() {
        String out =
                containers.output(
                        Specs.shell(
                                        "for n in pid net mnt ipc uts cgroup; do readlink /proc/self/ns/$n; done; hostname; echo $$")
                                .spec());
        List<String> lines = out.lines().toList();
        for (int i = 0; i < 6; i++) {
            String kind = List.of("pid", "net", "mnt", "ipc", "uts", "cgroup").get(i);
            try (Fd own = Namespaces.current(kind)) {
                assertThat(lines.get(i)).startsWith(kind + ":").isNotEqualTo(link(own));
            }
        }
        assertThat(lines.subList(6, 8)).containsExactly("box", "1");
    }

    @Test
    void theHostsNamespacesStayWhereNoneAreAsked() {
        Specs specs = Specs.shell("readlink /proc/self/ns/net; readlink /proc/self/ns/uts");
        specs.namespaces.removeAll(List.of("network", "uts"));
        specs.hostname = null;
        List<String> lines = containers.output(specs.spec()).lines().toList();
        try (Fd net = Namespaces.current("net");
                Fd uts = Namespaces.current("uts")) {
            assertThat(lines).containsExactly(link(net), link(uts));
        }
    }

    @Test
    void aNamespaceIsJoinedByItsPath() {
        ContainerHandle first =
                containers.create(Specs.of("sleep", "100").spec(), StdioRequest.pipes(false));
        first.start();
        Specs second =
                Specs.shell(
                        "hostname; cat /proc/1/cmdline | head -c 5; readlink /proc/self/ns/net");
        for (String kind : List.of("pid", "network", "uts", "ipc")) {
            String file = kind.equals("network") ? "net" : kind;
            second.joins.put(kind, "/proc/" + first.initPid() + "/ns/" + file);
        }
        second.hostname = null;
        String net = "net:[" + inode("/proc/" + first.initPid() + "/ns/net") + "]";
        assertThat(containers.output(second.spec())).isEqualTo("box\nsleep" + net);
        first.delete();
    }

    @Test
    void aGivenNetworkNamespaceIsJoined() {
        try (Fd netns = Namespaces.newNetns()) {
            String id = containers.newId();
            ContainerHandle container =
                    containers.runtime.create(
                            new CreateRequest(
                                    id,
                                    Specs.of("readlink", "/proc/self/ns/net").spec(),
                                    new RootFilesystem.Directory(containers.root),
                                    StdioRequest.pipes(false),
                                    netns,
                                    containers.runDir(id)));
            container.start();
            assertThat(containers.finish(container).out().strip()).isEqualTo(link(netns));
            container.delete();
        }
    }

    @Test
    void aFreshNetworkHasItsLoopbackUp() {
        assertThat(containers.output(Specs.of("ip", "-o", "addr").spec())).contains("127.0.0.1/8");
    }

    @Test
    void theProgramHasThreeDescriptors() throws Exception {
        ContainerHandle container =
                containers.create(Specs.of("sleep", "100").spec(), StdioRequest.pipes(false));
        container.start();
        Containers.assertThreeDescriptors(container.initPid());
        container.delete();
    }

    @Test
    void theUserIsWhoTheSpecSays() {
        Specs specs =
                Specs.shell(
                        "id -u; id -g; id -G; umask; grep CapEff /proc/self/status; touch /proc/self/fd/1");
        specs.user = new User(1000, 1001, 027, List.of(7L, 8L));
        assertThat(containers.output(specs.spec()).lines().toList())
                .containsExactly("1000", "1001", "1001 7 8", "0027", "CapEff:\t0000000000000000");
    }

    @Test
    void capabilitiesAreTheFiveSets() {
        Specs specs = Specs.shell("grep -E 'Cap|NoNew' /proc/self/status");
        List<String> some = List.of("CAP_CHOWN", "CAP_NET_ADMIN");
        specs.capabilities = new Capabilities(some, some, some, some, List.of("CAP_NET_ADMIN"));
        specs.user = new User(5, 5, null, List.of());
        specs.noNewPrivileges = true;
        // 0x1001 is CHOWN and NET_ADMIN; the exec of a user other than root leaves the ambient ones
        assertThat(containers.output(specs.spec()).lines().toList())
                .containsExactly(
                        "CapInh:\t0000000000001001",
                        "CapPrm:\t0000000000001000",
                        "CapEff:\t0000000000001000",
                        "CapBnd:\t0000000000001001",
                        "CapAmb:\t0000000000001000",
                        "NoNewPrivs:\t1");
    }

    @Test
    void dockersCapabilitiesAreDockersMask() {
        assertThat(containers.output(Specs.of("grep", "CapEff", "/proc/self/status").spec()))
                .isEqualTo("CapEff:\t00000000a80425fb");
    }

    @Test
    void limitsAndScoresAreSet() {
        Specs specs = Specs.shell("ulimit -n; ulimit -Hn; cat /proc/self/oom_score_adj");
        specs.rlimits = List.of(new Rlimit("RLIMIT_NOFILE", 700, 600));
        specs.oomScore = 500;
        assertThat(containers.output(specs.spec()).lines().toList())
                .containsExactly("600", "700", "500");
    }

    @Test
    void sysctlsOfItsNamespacesAreSet() {
        Specs specs =
                Specs.shell(
                        "cat /proc/sys/net/ipv4/ip_unprivileged_port_start /proc/sys/kernel/msgmax");
        specs.sysctl = Map.of("net.ipv4.ip_unprivileged_port_start", "7", "kernel.msgmax", "4096");
        assertThat(containers.output(specs.spec()).lines().toList()).containsExactly("7", "4096");
    }

    @Test
    void sysctlsOfTheHostAreRefused() {
        Specs specs = Specs.of("true");
        specs.sysctl = Map.of("kernel.panic", "1");
        assertThatThrownBy(() -> containers.create(specs.spec(), StdioRequest.pipes(false)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("sysctl \"kernel.panic\" is not in a separate kernel namespace");
    }

    @Test
    void pathsAreMaskedAndReadOnly() {
        String out =
                containers.output(
                        Specs.shell(
                                        """
                                        ls /proc/acpi /sys/firmware | wc -l
                                        wc -c < /proc/timer_list
                                        touch /proc/sys/net/ipv4/ip_forward 2>&1
                                        echo 1 2>/dev/null > /proc/sys/net/ipv4/ip_forward || echo refused
                                        echo 1 2>/dev/null > /proc/sysrq-trigger || echo refused
                                        touch /sys/x 2>&1 || true\
                                        """)
                                .spec());
        assertThat(out.lines().filter("refused"::equals).count()).isEqualTo(2);
        assertThat(out).contains("touch: /sys/x: Read-only file system");
        // two directory headings with a blank line between, and nothing below them
        assertThat(out.lines().limit(2)).containsExactly("3", "0");
    }

    @Test
    void aReadOnlyRootRefusesWrites() {
        Specs specs = Specs.shell("touch /x 2>&1; touch /dev/shm/y && echo written");
        specs.readonly = true;
        assertThat(containers.output(specs.spec()))
                .isEqualTo("touch: /x: Read-only file system\nwritten");
    }

    @Test
    void devicesAndLinksAreThere() {
        Specs specs =
                Specs.shell(
                        """
                        for d in null zero full random urandom tty fuse; do stat -c '%n %F %a %t,%T %u' /dev/$d; done
                        for l in fd stdin stdout stderr ptmx; do readlink /dev/$l; done
                        echo to > /dev/null; head -c 3 /dev/zero | od -An -tx1; echo x 2>&1 > /dev/full\
                        """);
        specs.devices = List.of(new Device("c", "/dev/fuse", 10, 229, 0640, 3L, 4L));
        String out = containers.run(specs.spec()).out();
        assertThat(out.lines().limit(7).toList())
                .containsExactly(
                        "/dev/null character special file 666 1,3 0",
                        "/dev/zero character special file 666 1,5 0",
                        "/dev/full character special file 666 1,7 0",
                        "/dev/random character special file 666 1,8 0",
                        "/dev/urandom character special file 666 1,9 0",
                        "/dev/tty character special file 666 5,0 0",
                        "/dev/fuse character special file 640 a,e5 3");
        assertThat(out)
                .contains(
                        "/proc/self/fd\n/proc/self/fd/0\n/proc/self/fd/1\n/proc/self/fd/2\npts/ptmx\n")
                .contains("00 00 00");
    }

    @Test
    void limitsOfItsCgroupHold() {
        Specs specs =
                Specs.shell(
                        "cat /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/memory/memory.limit_in_bytes"
                                + " 2>/dev/null || cat /sys/fs/cgroup/pids.max /sys/fs/cgroup/memory.max");
        specs.resources =
                new Resources(
                        List.of(),
                        new Resources.Memory(
                                32L << 20, null, null, null, null, null, null, null, null),
                        null,
                        new Resources.Pids(77L),
                        null,
                        List.of(),
                        null,
                        Map.of(),
                        Map.of());
        assertThat(containers.output(specs.spec()).lines().toList())
                .containsExactly("77", "33554432");
    }

    @Test
    void theWorkingDirectoryIsMade() {
        Specs specs = Specs.of("pwd");
        specs.cwd = "/srv/deep/er";
        assertThat(containers.output(specs.spec())).isEqualTo("/srv/deep/er");
    }

    @Test
    void aClosedHandleTellsNoExitAndTheContainerLivesOn() {
        ContainerHandle container =
                containers.create(Specs.of("sleep", "100").spec(), StdioRequest.pipes(true));
        container.start();
        container.close();
        container.closeStdin();
        container.resize(1, 1);
        assertThat(container.exited()).isNotDone();
        Recovered.Live again =
                (Recovered.Live) containers.runtime.recover(container.id(), container.runDir());
        assertThat(again.started()).isTrue();
        assertThat(again.handle().initPid()).isEqualTo(container.initPid());
        again.handle().delete();
        assertThat(container.exited()).isNotDone();
    }

    @Test
    void aPausedContainerStandsStill() {
        ContainerHandle container =
                containers.create(
                        Specs.shell("while :; do echo tick; sleep 0.01; done").spec(),
                        StdioRequest.pipes(false));
        container.start();
        Containers.await(container.stdio().stdout(), "tick");
        container.pause();
        assertThat(container.cgroup().isFrozen()).isTrue();
        container.resume();
        Containers.await(container.stdio().stdout(), "tick");
        container.delete();
    }

    @Test
    void whatAContainerLeavesRunningIsKilled() throws Exception {
        Specs specs = Specs.shell("sleep 1000 & echo started; exit 0");
        specs.namespaces.remove("pid");
        ContainerHandle container = containers.create(specs.spec(), StdioRequest.pipes(false));
        container.start();
        Containers.await(container.stdio().stdout(), "started");
        Containers.join(container.exited());
        assertThat(container.cgroup().pids()).hasSize(1);
        container.delete();
        assertThat(Files.exists(Path.of("/sys/fs/cgroup/pids/carafe/" + container.id()))).isFalse();
    }

    private static String link(Fd fd) {
        try {
            return Files.readSymbolicLink(fd.procPath()).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Object inode(String path) {
        try {
            return Files.getAttribute(Path.of(path), "unix:ino");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
