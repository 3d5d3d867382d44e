package dev.carafe.engine.container;

import dev.carafe.base.Aside;
import dev.carafe.base.CarafeException;
import dev.carafe.base.Conflict;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotModified;
import dev.carafe.base.Undo;
import dev.carafe.engine.spec.SpecInput;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.state.ExitStatus;
import dev.carafe.engine.state.LifeEvent;
import dev.carafe.engine.volumes.OpenedMounts;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Processes;
import dev.carafe.oci.runtime.Spec;
import dev.carafe.runtime.ContainerHandle;
import dev.carafe.runtime.CreateRequest;
import dev.carafe.runtime.ExternalRuntime;
import dev.carafe.runtime.RootFilesystem;
import dev.carafe.runtime.StartFailed;
import dev.carafe.runtime.StdioRequest;
import dev.carafe.snapshots.OwnerMap;
import dev.carafe.snapshots.RootMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Brings a container up: network, root, spec, process; each step with its undo.
public final class Starter {
    private final Rooms rooms;
    private final NetworkSetup networks;
    private final ContainerEvents events;
    private final RunEnd runEnd;
    private final VolumeSources volumes;
    private final RootMounts roots;
    private final RunObserver runs;

    Starter(Rooms rooms, ContainerEvents events, RunEnd runEnd, RunObserver runs) {
        this.rooms = rooms;
        this.networks = new NetworkSetup(rooms);
        this.events = events;
        this.runEnd = runEnd;
        this.volumes = new VolumeSources(rooms);
        this.roots = new RootMounts(rooms);
        this.runs = runs;
    }

    /// Returns when the container's program has been executed. The owner's lock must be held.
    ///
    /// @throws NotModified it runs
    /// @throws InvalidArgument the program can't be executed, with Docker's words
    /// @throws Conflict paused or being removed
    public void start(Container container) {
        checkState(container);
        StartEvent event = new StartEvent(container.record());
        try {
            attempt(container, event);
        } catch (RuntimeException e) {
            event.failure = e.getMessage();
            throw e;
        } finally {
            event.commit();
        }
    }

    private void attempt(Container container, StartEvent event) {
        try {
            run(container, container.record(), event);
        } catch (StartFailed e) {
            String words = e.getMessage() == null ? e.step() : e.getMessage();
            String shim = e.isExternal() ? "failed to create shim task: " : "";
            throw failed(container, shim + words, e);
        } catch (ErrnoException e) {
            throw failed(container, String.valueOf(e.getMessage()), e);
        } catch (CarafeException e) {
            remember(container, 128, e.text());
            throw e;
        }
    }

    /// As {@link #start}, and the restart policy counts anew.
    ///
    /// @throws NotModified it runs, or waits to be restarted
    public void startByUser(Container container) {
        if (container.state() instanceof ContainerState.Restarting) {
            throw new NotModified("container " + container.id() + " is restarting");
        }
        checkState(container);
        ContainerRecord record = container.record();
        if (record.stoppedByUser() || record.restartCount() != 0 || record.quickEnds() != 0) {
            container.change(r -> r.stoppedByUser(false).restarts(0, 0));
        }
        start(container);
    }

    private static void checkState(Container container) {
        switch (container.state()) {
            case ContainerState.Running r ->
                    throw new NotModified("container " + container.id() + " is running");
            case ContainerState.Paused p ->
                    throw new Conflict(
                            container.subject(),
                            "cannot start a paused container, try unpause instead");
            case ContainerState.Removing r ->
                    throw new Conflict(
                            container.subject(),
                            "container is marked for removal and cannot be started");
            case ContainerState.Dead d ->
                    throw new Conflict(
                            container.subject(),
                            "container is marked for removal and cannot be started");
            case ContainerState.Created c -> {}
            case ContainerState.Exited e -> {}
            case ContainerState.Restarting r -> {}
        }
    }

    /// What a container's process needs to be there before it.
    private record Ground(OpenedMounts mounts, NetworkSetup.Prepared network, RootMount root) {
        void close() {
            mounts.close();
            root.close();
        }
    }

    private void run(Container container, ContainerRecord record, StartEvent event) {
        try (Undo undo = new Undo()) {
            Ground ground = ground(record, undo);
            event.prepared();
            Instant startedAt = Instant.now();
            Undo joined = new Undo();
            undo.push(joined::close);
            Spec spec = spec(record, container.secretEnv(), ground, joined);
            Path runDir = runDir(record.id(), undo);
            Aside<Boolean> saved = container.saveAhead(new LifeEvent.Started(0, 0, startedAt));
            undo.push(saved::settle);
            ContainerHandle handle = create(record, request(record, spec, ground, runDir));
            undo.push(handle::delete);
            NetworkSetup.Prepared network =
                    networks.complete(record, ground.network(), handle, undo);
            event.created();
            joined.close();
            connect(container, record, handle, undo);
            saved.await();
            handle.start();
            event.executed();
            adopt(container, handle, startedAt);
            undo.keep();
            if (network.netns() != null) {
                network.netns().close();
            }
            ground.close();
            announce(container, record, network, handle);
        }
    }

    private ContainerHandle create(ContainerRecord record, CreateRequest request) {
        Optional<ExternalRuntime> external = rooms.runtimes().get().find(record.host().runtime());
        return external.isPresent()
                ? rooms.runtime().create(request, external.get())
                : rooms.runtime().create(request);
    }

    /// The root is mounted while the network is made.
    private Ground ground(ContainerRecord record, Undo undo) {
        OpenedMounts mounts = volumes.open(record);
        undo.push(mounts::close);
        Aside<RootMount> mounted = Aside.make(() -> roots.prepare(record, mounts.mounts()));
        undo.push(() -> mounted.settle(RootMount::close));
        NetworkSetup.Prepared network = networks.prepare(record, undo);
        return new Ground(mounts, network, mounted.await());
    }

    private static CreateRequest request(
            ContainerRecord record, Spec spec, Ground ground, Path runDir) {
        return new CreateRequest(
                record.id(),
                spec,
                new RootFilesystem.Detached(ground.root().mount()),
                stdio(record),
                ground.network().netns(),
                runDir);
    }

    private void connect(
            Container container, ContainerRecord record, ContainerHandle handle, Undo undo) {
        container.streams().connect(handle.stdio(), handle::closeStdin, false);
        undo.push(() -> {
            container.streams().finish().join();
            container.streams().endSessions();
        });
        events.volumesMounted(record);
        undo.push(() -> events.volumesUnmounted(record));
    }

    private static void adopt(Container container, ContainerHandle handle, Instant startedAt) {
        long ticks = Processes.startTicks(handle.initPid()).orElse(0);
        container.settle(new LifeEvent.Started(handle.initPid(), ticks, startedAt));
        container.adopt(handle);
    }

    private void announce(
            Container container,
            ContainerRecord record,
            NetworkSetup.Prepared network,
            ContainerHandle handle) {
        events.network("connect", record, network.endpoints());
        events.publish(container.record(), "start");
        runs.running(container);
        runEnd.watch(container, handle);
    }

    /// @param joined closes what the spec refers to
    private Spec spec(ContainerRecord record, List<String> secretEnv, Ground ground, Undo joined) {
        SpecInput.Sharing sharing =
                new JoinedNamespaces(rooms.containers())
                        .of(record.host().namespaces(), ground.network(), joined);
        if (!rooms.defaults().ownersOf(record.host()).equals(OwnerMap.NONE)) {
            JoinedNamespaces.checkUserNamespace(sharing);
        }
        Spec spec =
                rooms.specs()
                        .generate(
                                new SpecInput(
                                        record.id(),
                                        record.config()
                                                .withEnvBefore(ground.network().variables())
                                                .withMoreEnv(secretEnv),
                                        record.host(),
                                        record.hostname(),
                                        Roots.users(ground.root().mount())
                                                .resolve(
                                                        record.config().user(),
                                                        record.host().security().groupAdd()),
                                        ground.mounts().mounts(),
                                        sharing,
                                        ground.network().etc()));
        return rooms.cdi().inject(spec, record.host().resources().deviceRequests());
    }

    private Path runDir(String id, Undo undo) {
        Path runDir = rooms.files().runDir(id);
        try {
            FileTrees.delete(runDir);
            Files.createDirectories(runDir);
        } catch (IOException e) {
            throw ContainerFiles.failed("make the run folder of container", id, e);
        }
        undo.push(() -> FileTrees.delete(runDir));
        return runDir;
    }

    private static StdioRequest stdio(ContainerRecord record) {
        List<Integer> size = record.host().consoleSize();
        return record.config().tty()
                ? StdioRequest.terminal(
                        size.size() == 2 ? size.get(0) : 0, size.size() == 2 ? size.get(1) : 0)
                : StdioRequest.pipes(record.config().openStdin());
    }

    private CarafeException failed(Container container, String reason, Exception cause) {
        int code = exitCode(reason);
        String message = "failed to create task for container: " + reason;
        remember(container, code, message);
        return code == 128
                ? new Internal(container.subject(), message, cause)
                : new InvalidArgument(container.subject(), message, cause);
    }

    private void remember(Container container, int code, String reason) {
        ExitStatus.NeverStarted status = new ExitStatus.NeverStarted(code, reason);
        container.move(new LifeEvent.StartFailed(status, Instant.now()));
    }

    /// Docker's own rule: the code follows from the words.
    static int exitCode(String reason) {
        String text = reason.toLowerCase(Locale.ROOT);
        if (text.contains("executable file not found")
                || text.contains("no such file or directory")) {
            return 127;
        }
        return text.contains("permission denied")
                        || text.contains("is a directory")
                        || text.contains("exec format error")
                ? 126
                : 128;
    }
}
