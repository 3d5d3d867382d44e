package dev.carafe.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.Conflict;
import dev.carafe.oci.runtime.Seccomp;
import dev.carafe.oci.runtime.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExecIT {
    private static final String STATUS =
            "grep -E 'Cap|NoNewPrivs|Seccomp:|Uid|Gid' /proc/self/status";
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
    void itRunsInTheContainersNamespacesAndCgroup() throws Exception {
        ContainerHandle container =
                containers.create(Specs.of("sleep", "100").spec(), StdioRequest.pipes(false));
        container.start();
        String script =
                "for n in pid net mnt ipc uts cgroup; do readlink /proc/self/ns/$n; readlink /proc/1/ns/$n;"
                        + " done; cat /proc/self/cgroup";
        List<String> lines =
                containers.exec(container, Specs.shell(script).process()).lines().toList();
        for (int i = 0; i < 12; i += 2) {
            assertThat(lines.get(i)).isEqualTo(lines.get(i + 1));
        }
        assertThat(lines.subList(12, lines.size()))
                .filteredOn(l -> !l.startsWith("0::"))
                .allMatch(l -> l.endsWith(":/"));
        container.delete();
    }

    @Test
    void itIsConfinedAsTheContainerIs() {
        for (boolean noNewPrivileges : new boolean[] {false, true}) {
            Specs specs = Specs.shell(STATUS + "; exec sleep 100");
            specs.noNewPrivileges = noNewPrivileges;
            specs.seccomp = seccomp();
            specs.user = new User(12, 34, null, List.of(56L));
            ContainerHandle container = containers.create(specs.spec(), StdioRequest.pipes(false));
            container.start();
            String init = Containers.await(container.stdio().stdout(), "Seccomp:\t2\n");
            specs.args = List.of("sh", "-c", STATUS);
            assertThat(containers.exec(container, specs.process())).isEqualTo(init.strip());
            specs.args = List.of("mkdir", "/tmp/denied");
            assertThat(containers.exec(container, specs.process()))
                    .contains("Operation not permitted");
            container.delete();
        }
    }

    @Test
    void exitCodesAreExactAndStreamsApart() {
        ContainerHandle container =
                containers.create(Specs.of("sleep", "100").spec(), StdioRequest.pipes(false));
        container.start();
        ExecHandle exec =
                containers.startExec(
                        container,
                        Specs.shell("cat; echo err >&2; exit 9").process(),
                        StdioRequest.pipes(true));
        Containers.write(exec.stdio().stdin(), "in");
        exec.closeStdin();
        assertThat(Containers.join(exec.exited()).code()).isEqualTo(9);
        assertThat(Containers.drain(exec.stdio().stdout(), exec.exited())).isEqualTo("in");
        assertThat(Containers.drain(exec.stdio().stderr(), exec.exited())).isEqualTo("err\n");
        assertThatThrownBy(() -> exec.kill(9)).isInstanceOf(Conflict.class);
        exec.release();
        exec.close();
        container.delete();
    }

    @Test
    void itCanBeKilled() {
        ContainerHandle container =
                containers.create(Specs.of("sleep", "100").spec(), StdioRequest.pipes(false));
        container.start();
        ExecHandle exec =
                containers.startExec(
                        container, Specs.of("sleep", "100").process(), StdioRequest.pipes(false));
        assertThat(ProcessHandle.of(exec.pid())).isPresent();
        exec.kill(15);
        assertThat(Containers.join(exec.exited()).code()).isEqualTo(143);
        exec.release();
        exec.close();
        container.delete();
    }

    @Test
    void itDiesWithTheContainer() {
        ContainerHandle container =
                containers.create(Specs.of("sleep", "100").spec(), StdioRequest.pipes(false));
        container.start();
        ExecHandle exec =
                containers.startExec(
                        container, Specs.of("sleep", "100").process(), StdioRequest.pipes(false));
        container.kill(9);
        assertThat(Containers.join(exec.exited()).code()).isEqualTo(137);
        exec.release();
        exec.close();
        container.delete();
    }

    @Test
    void itHasThreeDescriptors() throws Exception {
        ContainerHandle container =
                containers.create(Specs.of("sleep", "100").spec(), StdioRequest.pipes(false));
        container.start();
        ExecHandle exec =
                containers.startExec(
                        container, Specs.of("sleep", "100").process(), StdioRequest.pipes(false));
        Containers.assertThreeDescriptors(exec.pid());
        exec.kill(9);
        exec.release();
        exec.close();
        container.delete();
    }

    @Test
    void anEndedContainerTakesNone() {
        ContainerHandle container =
                containers.create(Specs.of("true").spec(), StdioRequest.pipes(false));
        container.start();
        Containers.join(container.exited());
        assertThatThrownBy(() ->
                        containers.startExec(
                                container, Specs.of("true").process(), StdioRequest.pipes(false)))
                .isInstanceOf(Conflict.class);
        container.delete();
    }

    @Test
    void anExecLeavesItsExitStatusInOneFile() throws IOException {
        ContainerHandle container =
                containers.create(Specs.of("sleep", "100").spec(), StdioRequest.pipes(false));
        container.start();
        String id = containers.newId();
        Path dir = containers.runDir(id);
        ExecHandle exec =
                containers.runtime.exec(
                        new ExecRequest(
                                container.id(),
                                id,
                                container,
                                Specs.of("true").process(),
                                StdioRequest.pipes(false),
                                dir));
        Containers.join(exec.exited());
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files).containsExactly(dir.resolve("monitor"));
        }
        assertThat(RunFile.exit(dir)).map(Exit::code).contains(0);
        exec.release();
        exec.close();
        container.delete();
    }

    static Seccomp seccomp() {
        return new Seccomp(
                "SCMP_ACT_ALLOW",
                null,
                List.of(),
                List.of(),
                null,
                null,
                List.of(
                        new Seccomp.Rule(
                                List.of("mkdir", "mkdirat"), "SCMP_ACT_ERRNO", 1, List.of())));
    }
}
