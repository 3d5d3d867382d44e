package dev.carafe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.linux.EventLoop;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Processes;
import dev.carafe.linux.cgroup.Cgroup;
import dev.carafe.linux.cgroup.CgroupLimits;
import dev.carafe.linux.cgroup.CgroupManager;
import dev.carafe.testkit.TempDirs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Processes are born in a version 2 group (clone3 with CLONE_INTO_CGROUP); with the version 2 tree
/// that is mounted on its own, or beside version 1, where it has no controllers.
class CloneIntoCgroupIT {
    private final TempDirs temp = TempDirs.create("runtime-v2");
    private final EventLoop loop = new EventLoop();
    private final Path tree = findTree();
    private final String name = "carafe-it" + ProcessHandle.current().pid();
    private Path root;

    @BeforeEach
    void begin() {
        root = temp.root().resolve("root");
        BusyboxRoot.make(root);
    }

    @AfterEach
    void end() {
        loop.close();
        temp.close();
    }

    @Test
    void aContainerAndItsExecAreBornInTheGroup() throws Exception {
        try (LaunchRuntime runtime = new LaunchRuntime(loop, version2Only(), temp.dir("runtime"))) {
            Specs specs = Specs.of("sleep", "100");
            specs.mounts.removeIf(m -> "cgroup".equals(m.type()));
            ContainerHandle container =
                    runtime.create(
                            new CreateRequest(
                                    name,
                                    specs.spec(),
                                    new RootFilesystem.Directory(root),
                                    StdioRequest.pipes(false),
                                    null,
                                    temp.dir("run")));
            container.start();
            ExecHandle exec =
                    runtime.exec(
                            new ExecRequest(
                                    name,
                                    "e",
                                    container,
                                    specs.process(),
                                    StdioRequest.pipes(false),
                                    temp.dir("exec")));
            for (int pid : new int[] {container.initPid(), exec.pid()}) {
                assertThat(Files.readString(Path.of("/proc/" + pid + "/cgroup")))
                        .contains("0::/" + name + "\n");
            }
            exec.kill(9);
            Containers.join(exec.exited());
            exec.release();
            exec.close();
            container.delete();
        }
        assertThat(tree.resolve(name)).doesNotExist();
    }

    @Test
    void soAreThoseWithoutAMonitor() throws Exception {
        try (Services services =
                Services.make(
                        loop,
                        version2Only(),
                        new SeccompFilters(temp.dir("filters")),
                        FileSystem.open("/dev/null", FileSystem.O_RDWR))) {
            BareContainers containers = new BareContainers(services);
            Specs specs = Specs.of("sleep", "100");
            specs.mounts.removeIf(m -> "cgroup".equals(m.type()));
            Path folder = temp.dir("bare");
            BareContainers.Made made =
                    containers.create(
                            new CreateRequest(
                                    name,
                                    specs.spec(),
                                    new RootFilesystem.Directory(root),
                                    StdioRequest.pipes(false),
                                    null,
                                    folder));
            containers.start(folder);
            Cgroup group = services.cgroups().find(made.group()).orElseThrow();
            int exec;
            try (Fd init = Processes.pidfdOpen(made.pid())) {
                exec = containers.exec(name, specs.spec(), specs.process(), init, group, new Fd[1]);
            }
            for (int pid : new int[] {made.pid(), exec}) {
                assertThat(Files.readString(Path.of("/proc/" + pid + "/cgroup")))
                        .contains("0::/" + name + "\n");
                Processes.kill(pid, 9);
            }
            Processes.waitPid(exec);
            Processes.waitPid(made.pid());
            // the joiner was this process's child too
            ProcessHandle.current().children().forEach(c -> Processes.tryWaitPid((int) c.pid()));
            group.delete();
        }
    }

    /// The real manager, but for how a process gets into a group.
    private CgroupManager version2Only() {
        return (CgroupManager)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {CgroupManager.class},
                        (proxy, method, args) ->
                                switch (method.getName()) {
                                    case "create" -> {
                                        assertThat(args[1]).isEqualTo(CgroupLimits.NONE);
                                        Files.createDirectories(tree.resolve(name));
                                        yield group();
                                    }
                                    case "find" -> Optional.of(group());
                                    default ->
                                            throw new UnsupportedOperationException(
                                                    method.getName());
                                });
    }

    private Cgroup group() {
        Path folder = tree.resolve(name);
        return (Cgroup)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {Cgroup.class},
                        (proxy, method, args) ->
                                switch (method.getName()) {
                                    case "joinFds" -> List.of();
                                    case "cloneInto" ->
                                            Optional.of(
                                                    FileSystem.open(
                                                            folder.toString(),
                                                            FileSystem.O_RDONLY
                                                                    | FileSystem.O_DIRECTORY));
                                    case "kill" -> {
                                        pids(folder).forEach(pid -> Processes.kill(pid, 9));
                                        while (!pids(folder).isEmpty()) {
                                            Containers.pause();
                                        }
                                        yield null;
                                    }
                                    case "delete" -> {
                                        while (Files.exists(folder)) {
                                            remove(folder);
                                        }
                                        yield null;
                                    }
                                    default ->
                                            throw new UnsupportedOperationException(
                                                    method.getName());
                                });
    }

    private static void remove(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // a process that has just ended still counts
            Containers.pause();
        }
    }

    private static List<Integer> pids(Path folder) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("cgroup.procs"))) {
            return lines.map(Integer::parseInt).toList();
        }
    }

    private static Path findTree() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/mounts"))) {
            return lines.map(l -> l.split(" "))
                    .filter(f -> f[2].equals("cgroup2"))
                    .map(f -> Path.of(f[1]))
                    .findFirst()
                    .orElseThrow(() ->
                            new AssertionError(
                                    "no cgroup version 2 tree is mounted on this machine"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
