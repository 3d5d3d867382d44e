package dev.carafe.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.oci.runtime.Capabilities;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SecurityIT {
    private static Containers containers;

    @BeforeAll
    static void begin() {
        containers = new Containers();
    }

    @AfterAll
    static void end() {
        containers.close();
    }

    /// CVE-2019-5736 and CVE-2016-9962: the container looks at everything that appears in its pid
    /// namespace.
    @Test
    void theLauncherOfAnExecIsNeverReadableInTheContainer() {
        Specs watcher =
                Specs.shell(
                        """
                        echo ready
                        while [ ! -e /tmp/stop ]; do
                          for p in /proc/[0-9]*; do
                            readlink $p/exe; readlink $p/fd/* ; ls -d $p/root/
                          done 2>/dev/null
                        done\
                        """);
        List<String> names = new ArrayList<>(Specs.CAPABILITIES);
        names.add("CAP_SYS_PTRACE");
        watcher.capabilities = Capabilities.of(names);
        ContainerHandle container = containers.create(watcher.spec(), StdioRequest.pipes(false));
        container.start();
        Containers.await(container.stdio().stdout(), "ready");
        for (int i = 0; i < 40; i++) {
            containers.exec(container, Specs.of("true").process());
        }
        containers.exec(container, Specs.of("touch", "/tmp/stop").process());
        String seen = Containers.drain(container.stdio().stdout(), container.exited());
        assertThat(seen).contains("/bin/busybox");
        // even to a container that may trace: born confined, there is nothing of ours to be seen
        // but the report pipe
        assertThat(seen.lines().filter(l -> l.contains("carafe") && !l.contains("carafe-monitor")))
                .isEmpty();
        container.delete();
    }

    @Test
    void withoutTracingTheLauncherIsClosedAltogether() {
        Specs watcher =
                Specs.shell(
                        """
                        echo ready
                        while [ ! -e /tmp/stop2 ]; do for p in /proc/[0-9]*; do readlink $p/exe; done 2>/dev/null; done\
                        """);
        ContainerHandle container = containers.create(watcher.spec(), StdioRequest.pipes(false));
        container.start();
        Containers.await(container.stdio().stdout(), "ready");
        for (int i = 0; i < 40; i++) {
            containers.exec(container, Specs.of("true").process());
        }
        containers.exec(container, Specs.of("touch", "/tmp/stop2").process());
        assertThat(Containers.drain(container.stdio().stdout(), container.exited()))
                .doesNotContain("monitor");
        container.delete();
    }

    @Test
    void theLaunchersFileCannotBeOpenedForWriting() {
        RunningContainer container =
                (RunningContainer)
                        containers.create(
                                Specs.of("sleep", "100").spec(), StdioRequest.pipes(false));
        String exe = "/proc/" + container.monitor().pid() + "/exe";
        assertThatThrownBy(() -> FileSystem.open(exe, FileSystem.O_WRONLY))
                .isInstanceOfSatisfying(
                        ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ETXTBSY));
        container.delete();
        // and while it does not run
        try (LauncherFile file = LauncherFile.make();
                Held held = new Held()) {
            assertThatThrownBy(() -> FileSystem.open(file.path(0, held), FileSystem.O_WRONLY))
                    .isInstanceOfSatisfying(
                            ErrnoException.class,
                            e -> assertThat(e.errno()).isEqualTo(Errno.EROFS));
        }
    }

    /// CVE-2024-21626: a working directory that is one of our descriptors.
    @Test
    void aWorkingDirectoryBehindADescriptorOfOursIsNoWayOut() {
        try (Fd leaked = FileSystem.open("/", FileSystem.O_RDONLY)) {
            assertThat(leaked.number()).isPositive();
            ContainerHandle target =
                    containers.create(Specs.of("sleep", "100").spec(), StdioRequest.pipes(false));
            target.start();
            for (int fd = 3; fd < 48; fd++) {
                Specs specs = Specs.of("pwd");
                specs.cwd = "/proc/self/fd/" + fd;
                assertThat(
                                catchThrowableOfType(
                                        StartFailed.class, () -> containers.run(specs.spec())))
                        .as(specs.cwd)
                        .isNotNull();
                assertThat(
                                catchThrowableOfType(
                                        StartFailed.class,
                                        () -> containers.exec(target, specs.process())))
                        .as("exec in " + specs.cwd)
                        .isNotNull();
            }
            target.delete();
        }
    }

    /// The kernel takes the launcher itself as the script's interpreter: it runs confined and finds
    /// no plan.
    @Test
    void theLauncherAsInterpreterDoesNothing() throws Exception {
        var script = containers.root.resolve("self");
        Files.writeString(script, "#!/proc/self/exe\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Containers.Result result = containers.run(Specs.of("/self").spec());
        assertThat(result.exit().code()).isEqualTo(125);
    }

    @Test
    void theMonitorIsNotInTheContainersPidNamespaceAndHoldsNoStreamOfTheProgram() throws Exception {
        RunningContainer container =
                (RunningContainer)
                        containers.create(
                                Specs.shell("ls -d /proc/[0-9]*; sleep 100").spec(),
                                StdioRequest.pipes(false));
        container.start();
        assertThat(Containers.await(container.stdio().stdout(), "/proc/"))
                .doesNotContain("monitor");
        List<String> held = Containers.descriptorsOf(container.monitor().pid());
        assertThat(held).doesNotContain("0", "1", "2").contains("4", "6", "10", "17");
        container.delete();
    }

    @Test
    void theSessionKeyringIsItsOwn() {
        Specs specs = Specs.shell("cat /proc/self/loginuid 2>/dev/null; cat /proc/keys");
        // masked
        assertThat(containers.output(specs.spec())).doesNotContain("_ses");
    }
}
