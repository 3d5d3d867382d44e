package dev.carafe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Namespaces;
import dev.carafe.oci.runtime.Linux;
import dev.carafe.oci.runtime.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UserNamespaceIT {
    private static final int FIRST = 100_000;
    private static Containers containers;

    @BeforeAll
    static void begin() throws Exception {
        containers = new Containers();
        shift(containers.root);
    }

    @AfterAll
    static void end() {
        containers.close();
    }

    @Test
    void rootInsideIsAnotherOutside() throws Exception {
        String out =
                containers.output(
                        specs(
                                        """
                                        id -u; id -g; cat /proc/self/uid_map; touch /made; mount -t tmpfs none /tmp && echo mounted
                                        grep Cap /proc/self/status\
                                        """)
                                .spec());
        assertThat(out)
                .startsWith("0\n0\n")
                .contains("100000")
                .contains("CapEff:\t00000000a80425fb");
        assertThat(Files.getAttribute(containers.root.resolve("made"), "unix:uid"))
                .isEqualTo(FIRST);
    }

    @Test
    void devicesMountsAndTerminalsWork() {
        Specs specs =
                specs(
                        "echo x > /dev/null; head -c 2 /dev/zero | wc -c; ls /proc/acpi 2>&1; tty; "
                                + "stat -c '%u %F' /dev/pts/0; exit 3");
        specs.terminal = true;
        ContainerHandle container = containers.create(specs.spec(), StdioRequest.terminal(10, 20));
        container.start();
        Containers.Result result = containers.finish(container);
        assertThat(result.out())
                .startsWith("2\r\n")
                .contains("/dev/pts/0\r\n0 character special file");
        assertThat(result.exit().code()).isEqualTo(3);
        container.delete();
    }

    @Test
    void anExecIsInTheUserNamespaceToo() {
        ContainerHandle container =
                containers.create(specs("sleep 100").spec(), StdioRequest.pipes(false));
        container.start();
        Specs specs = specs("id -u; cat /proc/self/uid_map | wc -l; touch /proc/self/fd/1");
        specs.user = new User(7, 7, null, List.of());
        assertThat(containers.exec(container, specs.process())).isEqualTo("7\n1");
        container.delete();
    }

    @Test
    void aGivenNetworkNamespaceIsJoinedFromOutside() {
        try (Fd netns = Namespaces.newNetns()) {
            Specs specs = specs("ip -o link | wc -l");
            // the kernel refuses a sysfs of a network that belongs to another user namespace
            specs.mounts.removeIf(m -> m.destination().startsWith("/sys"));
            String id = containers.newId();
            ContainerHandle container =
                    containers.runtime.create(
                            new CreateRequest(
                                    id,
                                    specs.spec(),
                                    new RootFilesystem.Directory(containers.root),
                                    StdioRequest.pipes(false),
                                    netns,
                                    containers.runDir(id)));
            container.start();
            assertThat(containers.finish(container).out()).isEqualTo("1\n");
            container.delete();
        }
    }

    @Test
    void anotherContainersUserNamespaceCanBeJoined() {
        ContainerHandle donor =
                containers.create(specs("sleep 100").spec(), StdioRequest.pipes(false));
        donor.start();
        String inside = "readlink /proc/self/ns/user; ip -o link | wc -l; id -u; exit 4";
        String folder = "/proc/" + donor.initPid() + "/ns/";
        Specs specs = specs(inside);
        specs.joins.put("user", folder + "user");
        specs.joins.put("network", folder + "net");
        ContainerHandle container = containers.create(specs.spec(), StdioRequest.pipes(false));
        container.start();
        Containers.Result result = containers.finish(container);
        assertThat(result.out())
                .isEqualTo(FileSystem.readlinkat(Fd.CWD, folder + "user") + "\n1\n0\n");
        assertThat(result.exit().code()).isEqualTo(4);
        container.delete();
        donor.delete();
    }

    private static Specs specs(String script) {
        Specs specs = Specs.shell(script);
        specs.namespaces.add("user");
        specs.mappings = List.of(new Linux.IdMapping(0, FIRST, 65536));
        return specs;
    }

    private static void shift(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            for (Path each : files.toList()) {
                FileSystem.fchownat(
                        Fd.CWD, each.toString(), FIRST, FIRST, FileSystem.AT_SYMLINK_NOFOLLOW);
            }
        }
    }
}
