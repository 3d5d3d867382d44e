package dev.carafe.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carafe.linux.Fd;
import dev.carafe.linux.Mounts;
import dev.carafe.linux.Namespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MountsIT {
    private static Containers containers;
    private static Path host;

    @BeforeAll
    static void begin() throws Exception {
        containers = new Containers();
        host = containers.temp.dir("host");
        Files.writeString(host.resolve("file"), "from the host\n");
        Files.createDirectories(host.resolve("sub"));
    }

    @AfterAll
    static void end() {
        containers.close();
    }

    @Test
    void aDirectoryIsBound() throws Exception {
        Specs specs =
                Specs.shell("cat /vol/file; echo back > /vol/new")
                        .mount("/vol", "bind", host.toString(), "rbind", "rprivate");
        assertThat(containers.output(specs.spec())).isEqualTo("from the host");
        assertThat(host.resolve("new")).hasContent("back");
    }

    @Test
    void aReadOnlyBindRefusesWrites() {
        Specs specs =
                Specs.shell("touch /vol/x 2>&1 || cat /vol/file")
                        .mount("/vol", "bind", host.toString(), "rbind", "ro", "nosuid");
        assertThat(containers.output(specs.spec()))
                .contains("Read-only file system")
                .contains("from the host");
    }

    @Test
    void aFileIsBoundOnAFileThatIsMade() {
        Specs specs =
                Specs.shell("cat /new/folder/file")
                        .mount("/new/folder/file", "bind", host.resolve("file").toString(), "bind");
        assertThat(containers.output(specs.spec())).isEqualTo("from the host");
    }

    @Test
    void aMountPointBehindALinkIsInsideTheContainer() throws Exception {
        Files.createSymbolicLink(
                containers.root.resolve("etc/resolv.conf"),
                Path.of("../run/systemd/resolve/stub.conf"));
        Files.createSymbolicLink(containers.root.resolve("abs"), Path.of("/target/deep"));
        Specs specs =
                Specs.shell(
                                "cat /etc/resolv.conf; cat /run/systemd/resolve/stub.conf; ls /target/deep")
                        .mount("/etc/resolv.conf", "bind", host.resolve("file").toString(), "bind")
                        .mount("/abs", "bind", host.toString(), "rbind");
        assertThat(containers.output(specs.spec()))
                .isEqualTo("from the host\nfrom the host\n" + String.join("\n", listed(host)));
        assertThat(Path.of("/target")).doesNotExist();
    }

    @Test
    void aLinkThatClimbsOutStaysInside() throws Exception {
        Files.createSymbolicLink(
                containers.root.resolve("climb"), Path.of("../../../../../../../tmp/climbed"));
        Specs specs =
                Specs.shell("cat /tmp/climbed/file")
                        .mount("/climb", "bind", host.toString(), "rbind");
        assertThat(containers.output(specs.spec())).isEqualTo("from the host");
        assertThat(Path.of("/tmp/climbed")).doesNotExist();
    }

    @Test
    void aMountBelowAnotherIsMadeInIt() {
        Specs specs =
                Specs.shell("cat /vol/inner/deep/file; grep -c ' /vol' /proc/mounts")
                        .mount("/vol", "bind", host.resolve("sub").toString(), "rbind")
                        .mount("/vol/inner/deep", "bind", host.toString(), "rbind");
        assertThat(containers.output(specs.spec())).isEqualTo("from the host\n2");
        assertThat(host.resolve("sub/inner/deep")).isDirectory();
    }

    @Test
    void aRecursiveBindTakesMountsBelowAlongAndCanBeReadOnlyThroughout() {
        Namespaces.inNewMountNamespace(() -> {
            Mounts.mount("tmpfs", host.resolve("sub").toString(), "tmpfs", 0, null);
            Files.writeString(host.resolve("sub/inner"), "inner\n");
            Specs specs =
                    Specs.shell(
                                    "cat /r/sub/inner; touch /r/sub/x 2>&1; cat /n/sub/inner 2>&1 || true")
                            .mount("/r", "bind", host.toString(), "rbind", "ro", "rro")
                            .mount("/n", "bind", host.toString(), "bind");
            assertThat(containers.output(specs.spec()))
                    .contains("inner\n")
                    .contains("touch: /r/sub/x: Read-only file system")
                    .contains("cat: can't open '/n/sub/inner'");
            return null;
        });
    }

    @Test
    void aProcThatIsALinkIsRefused() throws Exception {
        Path root = containers.temp.root().resolve("linked");
        BusyboxRoot.make(root);
        Files.delete(root.resolve("proc"));
        Files.createDirectories(root.resolve("elsewhere"));
        Files.createSymbolicLink(root.resolve("proc"), Path.of("elsewhere"));
        StartFailed failure =
                catchThrowableOfType(
                        StartFailed.class,
                        () -> {
                            String id = containers.newId();
                            containers.runtime.create(
                                    new CreateRequest(
                                            id,
                                            Specs.of("true").spec(),
                                            new RootFilesystem.Directory(root),
                                            StdioRequest.pipes(false),
                                            null,
                                            containers.runDir(id)));
                        });
        assertThat(failure).hasMessage("mount proc on /proc: too many levels of symbolic links");
    }

    @Test
    void everyCgroupHierarchyIsShownReadOnlyWithItsOwnGroupAsRoot() {
        String out =
                containers.output(
                        Specs.shell(
                                        "cat /proc/self/cgroup; ls /sys/fs/cgroup; mkdir /sys/fs/cgroup/x 2>&1 || true")
                                .spec());
        assertThat(out).contains(":/\n").doesNotContain("carafe").contains("Read-only file system");
    }

    @Test
    void withoutACgroupNamespaceTheOwnGroupIsShownAllTheSame() {
        Specs specs =
                Specs.shell(
                        "cat /sys/fs/cgroup/pids/tasks 2>/dev/null || cat /sys/fs/cgroup/cgroup.procs");
        specs.namespaces.remove("cgroup");
        assertThat(containers.output(specs.spec()).lines()).hasSizeBetween(1, 2);
    }

    @Test
    void nothingOfTheHostIsMounted() {
        String out = containers.output(Specs.of("cat", "/proc/mounts").spec());
        assertThat(out.lines().map(l -> l.split(" ")[1]).filter(p -> p.equals("/")).count())
                .isEqualTo(1);
        assertThat(out).doesNotContain(containers.temp.root().toString());
    }

    @Test
    void aDetachedMountIsARoot() {
        try (Fd tree = BindMounts.tree(containers.root.toString(), false)) {
            BindMounts.makePrivate(tree);
            assertThat(runOn(new RootFilesystem.Detached(tree), "cat /etc/passwd"))
                    .startsWith("root:");
        }
    }

    @Test
    void anOverlayIsMountedInTheContainerAlone() throws Exception {
        Path base = containers.temp.dir("overlay");
        for (String each : List.of("lower,1", "lower:2", "upper", "work")) {
            Files.createDirectories(base.resolve(each));
        }
        Files.writeString(base.resolve("lower,1/both"), "top\n");
        Files.writeString(base.resolve("lower:2/both"), "bottom\n");
        RootFilesystem overlay =
                new RootFilesystem.Overlay(
                        List.of(base.resolve("lower,1"), base.resolve("lower:2"), containers.root),
                        base.resolve("upper"),
                        base.resolve("work"));
        assertThat(runOn(overlay, "cat /both; echo new > /made")).isEqualTo("top\n");
        assertThat(base.resolve("upper/made")).hasContent("new");
        assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(base.toString());
    }

    private static String runOn(RootFilesystem root, String script) {
        String id = containers.newId();
        ContainerHandle container =
                containers.runtime.create(
                        new CreateRequest(
                                id,
                                Specs.shell(script).spec(),
                                root,
                                StdioRequest.pipes(false),
                                null,
                                containers.runDir(id)));
        container.start();
        Containers.Result result = containers.finish(container);
        container.delete();
        assertThat(result.err()).isEmpty();
        return result.out();
    }

    private static List<String> listed(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
