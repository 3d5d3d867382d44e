package dev.carafe.runtime;

import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.runtime.Hooks;
import dev.carafe.oci.runtime.Root;
import dev.carafe.oci.runtime.Spec;
import dev.carafe.oci.runtime.SpecJson;
import dev.carafe.oci.runtime.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The hooks of one container that run in the host's namespaces (runtime-spec
/// runtime.md#lifecycle): `prestart` and `createRuntime` once its namespaces and mounts are there,
/// `poststart` once its program runs, `poststop` once it is gone. Their bundle lies in the run
/// directory; it has the root file system as `/proc/PID/root`, and lets a later daemon run what is
/// left.
final class ContainerHooks {
    private static final System.Logger LOG = System.getLogger(ContainerHooks.class.getName());
    private static final String BUNDLE = "hooks";
    private static final String CONFIG = "config.json";

    private final String id;
    private final Spec spec;
    private final Hooks hooks;
    private final Path bundle;
    private final Services services;
    private boolean begun;

    private ContainerHooks(String id, Spec spec, Hooks hooks, Path runDir, Services services) {
        this.services = services;
        this.id = id;
        this.spec = spec;
        this.hooks = hooks;
        this.bundle = runDir.resolve(BUNDLE);
    }

    /// @return null for a container without
    /// @throws InvalidArgument for hooks that this runtime does not run
    static @Nullable ContainerHooks of(CreateRequest request, Services services) {
        Hooks hooks = request.spec().hooks();
        if (hooks == null) {
            return null;
        }
        if (!hooks.createContainer().isEmpty()) {
            throw new InvalidArgument(
                    "the built-in runtime runs no createContainer hooks, and a device of this"
                            + " container has one ("
                            + hooks.createContainer().getFirst().path()
                            + "): name another OCI runtime by --runtime");
        }
        return new ContainerHooks(request.id(), request.spec(), hooks, request.runDir(), services);
    }

    /// Those of a container of an earlier daemon.
    ///
    /// @return null for a container without
    static @Nullable ContainerHooks recovered(String id, Path runDir, Services services) {
        Path file = runDir.resolve(BUNDLE).resolve(CONFIG);
        if (!Files.exists(file)) {
            return null;
        }
        try {
            Spec spec = SpecJson.spec(Files.readAllBytes(file));
            Hooks hooks = spec.hooks();
            if (hooks == null) {
                return null;
            }
            ContainerHooks all = new ContainerHooks(id, spec, hooks, runDir, services);
            all.begun = true;
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws dev.carafe.base.Internal when one fails: the container is to be deleted then
    void created(int pid) {
        begun = true;
        try {
            Files.createDirectories(bundle);
            Spec told = spec.with().root(new Root(root(pid), false)).build();
            Files.write(bundle.resolve(CONFIG), SpecJson.print(told));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        State state = state(State.CREATING, pid);
        OciHooks.run("prestart", hooks.prestart(), state);
        OciHooks.run("createRuntime", hooks.createRuntime(), state);
    }

    /// @throws dev.carafe.base.Internal when one fails: the container is to be ended then
    void starting(RunningContainer container) {
        State state = state(State.CREATED, container.initPid());
        for (Hooks.Hook hook : hooks.startContainer()) {
            InsideHook.run(services, container, spec, hook, state, bundle.resolve("inside"));
        }
    }

    /// @throws dev.carafe.base.Internal when one fails: the container is to be ended then
    void started(int pid) {
        OciHooks.run("poststart", hooks.poststart(), state(State.RUNNING, pid));
    }

    /// Failures are written into the log: all hooks are to run. Without {@link #created} none does.
    void stopped() {
        if (!begun) {
            return;
        }
        State state = state(State.STOPPED, 0);
        for (Hooks.Hook hook : hooks.poststop()) {
            try {
                OciHooks.run("poststop", List.of(hook), state);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "container {0}: {1}", id, e.getMessage());
            }
        }
        try {
            Files.deleteIfExists(bundle.resolve(CONFIG));
            Files.deleteIfExists(bundle);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String root(int pid) {
        return "/proc/" + pid + "/root";
    }

    private State state(String status, int pid) {
        return new State(
                spec.ociVersion(),
                id,
                status,
                pid,
                bundle.toString(),
                pid == 0 ? "" : root(pid),
                Instant.now().toString(),
                spec.annotations());
    }
}
