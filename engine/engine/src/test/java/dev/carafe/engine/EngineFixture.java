package dev.carafe.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carafe.base.LatestLine;
import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.ExecConfig;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.HostNetworkConfig;
import dev.carafe.engine.config.NetworkingConfig;
import dev.carafe.engine.logs.LogQuery;
import dev.carafe.engine.logs.StreamKind;
import dev.carafe.engine.streams.AttachSession;
import dev.carafe.engine.streams.OutputSink;
import dev.carafe.images.LoadImages;
import dev.carafe.images.LoadProgress;
import dev.carafe.linux.cgroup.Cgroup;
import dev.carafe.linux.cgroup.CgroupManager;
import dev.carafe.network.NetworkOptions;
import dev.carafe.testkit.TempDirs;
import dev.carafe.testkit.TinyImages;
import dev.carafe.testkit.TinyTar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// An engine on temporary roots with a busybox image, and the few steps that most tests take.
final class EngineFixture implements AutoCloseable {
    static final String IMAGE = "box:1";
    private static final long PATIENCE_SECONDS = 30;
    private static final List<String> COMMANDS =
            List.of(
                    ("sh echo cat ls sleep true false id mount ps stty hostname env grep touch test kill tty head tail wc printf"
                                    + " pwd seq yes trap stat od date mkdir chmod usleep nc ip")
                            .split(" "));

    private final TempDirs temp = TempDirs.create("engine");
    private final NetworkOptions networks;
    private Engine engine;

    private EngineFixture(NetworkOptions networks) {
        this.networks = networks;
        engine = Engine.open(options());
        new LoadImages(engine.images()).load(new ByteArrayInputStream(image()), LoadProgress.NONE);
    }

    static EngineFixture open() {
        return new EngineFixture(networks(null, null));
    }

    /// With a default bridge of this name and address (`10.0.0.1/24`).
    static EngineFixture withBridge(String name, String address) {
        return new EngineFixture(networks(name, address));
    }

    Engine engine() {
        return engine;
    }

    Path root() {
        return temp.root();
    }

    /// A word in the paths and cgroups of this fixture only.
    String mark() {
        return temp.root().getFileName().toString();
    }

    private EngineOptions options() {
        return EngineOptions.at(temp.root().resolve("data"), temp.root().resolve("run"))
                .withCgroupParent("/" + mark())
                .withNetwork(networks);
    }

    /// Without namespaces kept ready, which would look like leaks.
    private static NetworkOptions networks(String bridge, String address) {
        return NetworkOptions.defaults().withBridge(bridge, address).withPooledNamespaces(0);
    }

    /// What a restart of the daemon does: another engine on the same roots.
    void reopen() {
        engine.close();
        engine = Engine.open(options());
    }

    /// As {@link #reopen}, with a word of a container's durable state replaced meanwhile.
    void reopenWith(String id, String word, String replacement) {
        reopenWith(
                id,
                (file, state) -> {
                    String text = new String(state, UTF_8);
                    if (!text.contains(word)) {
                        throw new AssertionError(word + " is not in " + text);
                    }
                    LatestLine.write(file, text.replace(word, replacement).getBytes(UTF_8));
                });
    }

    /// As {@link #reopen}, with a container's durable state as versions before 0.1.0 wrote it.
    void reopenWithOldRecord(String id) {
        reopenWith(
                id,
                (file, state) -> {
                    Files.write(file.resolveSibling("container.json"), state);
                    Files.delete(file);
                });
    }

    /// As {@link #reopen}, after a removal that was broken off when the container was forgotten.
    void reopenHalfRemoved(String id) {
        reopenWith(id, (file, state) -> Files.move(file, file.resolveSibling("removed.jsonl")));
    }

    Path containerFolder(String id) {
        return temp.root().resolve("data/containers").resolve(id);
    }

    private interface RecordChange {
        void make(Path file, byte[] state) throws IOException;
    }

    private void reopenWith(String id, RecordChange change) {
        engine.close();
        Path file = containerFolder(id).resolve("container.jsonl");
        try {
            change.make(file, LatestLine.read(file).orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        engine = Engine.open(options());
    }

    /// What a reboot of the machine does: no process is left, and nothing under the exec root.
    ///
    /// @param running the containers that run
    void reboot(List<String> running) {
        List<ProcessHandle> all = new ArrayList<>();
        for (String id : running) {
            int pid = engine.inspectContainer().inspect(id).state().process().pid();
            ProcessHandle init = ProcessHandle.of(pid).orElseThrow();
            all.add(init.parent().orElseThrow());
            all.add(init);
        }
        engine.close();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(p -> until("process " + p.pid() + " is gone", () -> isOver(p.pid())));
        TempDirs.delete(temp.root().resolve("run"));
        engine = Engine.open(options());
    }

    /// Gone, or waiting for its parent to notice.
    private static boolean isOver(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return true;
        }
    }

    private static byte[] image() {
        TinyTar tar = new TinyTar();
        List.of("bin", "etc", "proc", "sys", "dev", "root", "data").forEach(tar::dir);
        tar.dir("tmp", 01777);
        tar.file("bin/busybox", busybox(), 0755);
        COMMANDS.forEach(name -> tar.symlink("bin/" + name, "busybox"));
        tar.file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nwww:x:33:34::/var/www:/bin/sh\n");
        tar.file("etc/group", "root:x:0:\nwww:x:34:\naudio:x:29:www\n");
        tar.file("data/seed", "from the image\n");
        tar.file("bin/notexec", "#!/bin/sh\n".getBytes(StandardCharsets.US_ASCII), 0644);
        return TinyImages.named(IMAGE)
                .layer(tar)
                .env("PATH=/bin", "FROM=image")
                .cmd("sh", "-c", "echo default")
                .build()
                .dockerArchive();
    }

    private static byte[] busybox() {
        for (String each : List.of("/bin/busybox", "/usr/bin/busybox")) {
            if (Files.isExecutable(Path.of(each))) {
                try {
                    return Files.readAllBytes(Path.of(each));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        throw new AssertionError(
                "these tests need a static busybox: apt-get install busybox-static");
    }

    static ContainerConfig sh(String script) {
        return ContainerConfig.of(IMAGE, List.of("sh", "-c", script));
    }

    static HostConfig noNetwork() {
        return HostConfig.defaults().withNetwork(HostNetworkConfig.mode("none"));
    }

    String create(ContainerConfig config) {
        return create(config, noNetwork());
    }

    String create(ContainerConfig config, HostConfig host) {
        return create(null, config, host);
    }

    String create(String name, ContainerConfig config, HostConfig host) {
        return engine.createContainer()
                .create(
                        new CreateContainer.Request(
                                name, config, host, NetworkingConfig.none(), null))
                .id();
    }

    /// Created and started.
    String start(ContainerConfig config, HostConfig host) {
        String id = create(config, host);
        engine.startContainer().start(id);
        return id;
    }

    String start(String script) {
        return start(sh(script), noNetwork());
    }

    /// What a run gave.
    record Output(String stdout, String stderr, int code) {}

    /// Runs to the end as `docker run --rm` does: create, attach, start, wait, remove.
    Output run(ContainerConfig config, HostConfig host) {
        String id = create(config, host);
        Collected output = attach(id, false);
        engine.startContainer().start(id);
        int code = await(id);
        output.join();
        engine.removeContainer().remove(id, false, true);
        return new Output(output.text(StreamKind.STDOUT), output.text(StreamKind.STDERR), code);
    }

    Output run(String script) {
        return run(sh(script), noNetwork());
    }

    int await(String id) {
        return join(engine.waitContainer().await(id, WaitContainer.Condition.NOT_RUNNING))
                .statusCode();
    }

    static <T> T join(Future<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("did not come in " + PATIENCE_SECONDS + " s", e);
        }
    }

    static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never happened: " + what);
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /// A client that keeps what it is given.
    static final class Collected implements OutputSink {
        private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        private AttachSession session;

        @Override
        public void write(StreamKind kind, byte[] data, int offset, int length) {
            (kind == StreamKind.STDERR ? stderr : stdout).write(data, offset, length);
        }

        Collected on(AttachSession open) {
            session = open;
            return this;
        }

        AttachSession session() {
            return session;
        }

        void type(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            try {
                session.stdin(bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void join() {
            EngineFixture.join(session.ended());
        }

        byte[] bytes(StreamKind kind) {
            return (kind == StreamKind.STDERR ? stderr : stdout).toByteArray();
        }

        String text(StreamKind kind) {
            return new String(bytes(kind), StandardCharsets.UTF_8);
        }

        String out() {
            return text(StreamKind.STDOUT);
        }
    }

    Collected attach(String id, boolean stdin) {
        Collected client = new Collected();
        return client.on(
                engine.attachContainer()
                        .attach(
                                id,
                                new AttachContainer.Options(stdin, true, true, false, true, null),
                                client));
    }

    Collected exec(String id, ExecConfig config) {
        return startExec(engine.createExec().create(id, config));
    }

    Collected startExec(String execId) {
        Collected client = new Collected();
        return client.on(engine.startExec().attached(execId, true, null, client));
    }

    List<String> logs(String id, LogQuery query) {
        List<String> lines = new ArrayList<>();
        engine.readLogs()
                .read(
                        id,
                        query,
                        record -> lines.add(new String(record.line(), StandardCharsets.UTF_8)));
        return lines;
    }

    List<String> logs(String id) {
        return logs(id, LogQuery.all());
    }

    /// Removes every container, then closes and removes the cgroup above them.
    @Override
    public void close() {
        try (temp) {
            engine.listContainers()
                    .list(new ListContainers.Query(true, 0, false, Map.of()))
                    .forEach(c -> engine.removeContainer().remove(c.container().id(), true, true));
            engine.close();
            CgroupManager.detect().find(mark()).ifPresent(Cgroup::delete);
        }
    }
}
