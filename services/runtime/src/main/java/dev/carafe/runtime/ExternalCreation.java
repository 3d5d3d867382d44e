package dev.carafe.runtime;

import dev.carafe.base.Internal;
import dev.carafe.base.Undo;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Processes;
import dev.carafe.linux.cgroup.Cgroup;
import dev.carafe.oci.runtime.Linux;
import dev.carafe.oci.runtime.Process;
import dev.carafe.runtime.steps.ExternalShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Makes one container by another runtime.
final class ExternalCreation implements AutoCloseable {
    private final Services services;
    private final CreateRequest request;
    private final ExternalCommands runtime;
    private final ExternalLaunch launch;
    private final Linux linux;
    private final Process process;

    ExternalCreation(Services services, CreateRequest request, ExternalRuntime runtime) {
        this.services = services;
        this.request = request;
        this.runtime = new ExternalCommands(runtime, request.id(), request.runDir());
        this.linux = SpecCheck.check(request.spec());
        this.process = Objects.requireNonNull(request.spec().process());
        this.launch =
                new ExternalLaunch(
                        services, "container " + request.id(), request.stdio(), request.runDir());
    }

    ContainerHandle create() {
        String group = ContainerCreation.groupPath(linux, request.id());
        try (Undo undo = new Undo()) {
            runtime.write();
            Cgroup cgroup = services.cgroups().create(group, Limits.of(linux.resources()));
            undo.push(cgroup::delete);
            ExternalBundle bundle =
                    new ExternalBundle(request.runDir(), services, launch.preparation());
            ExternalShape.Mounts mounts = bundle.write(request, linux, group);
            undo.push(runtime::forget);
            int owner = UserIds.host(linux.uidMappings(), process.user().uid());
            ExternalLaunch.Made made =
                    launch.make(commands(), owner, mounts, bundle.folder(), undo);
            undo.push(cgroup::kill);
            Fd init = Processes.pidfdOpen(made.pid());
            undo.push(init::close);
            MonitorState state = state(made, group);
            state.write(request.runDir());
            undo.keep();
            return new ExternalContainer(
                    new RunningContainer(request.id(), made.monitor(), state, cgroup, init, null),
                    runtime);
        } catch (Refused e) {
            throw runtime.failure("create", e);
        }
    }

    @Override
    public void close() {
        launch.close();
    }

    private ExternalLaunch.Commands commands() {
        return new ExternalLaunch.Commands() {
            @Override
            public List<String> make(List<String> options) {
                List<String> verb = new ArrayList<>(List.of("create", "--bundle", "."));
                verb.addAll(options);
                verb.add(request.id());
                return runtime.line(verb);
            }

            @Override
            public List<String> start() {
                return runtime.line(List.of("start", request.id()));
            }
        };
    }

    private MonitorState state(ExternalLaunch.Made made, String group) {
        int monitor = made.monitor().pid();
        long ticks =
                Processes.startTicks(monitor)
                        .orElseThrow(() ->
                                new Internal(
                                        "the monitor of container "
                                                + request.id()
                                                + " ended early"));
        return new MonitorState(
                monitor,
                ticks,
                made.pid(),
                request.stdio().terminal(),
                request.stdio().openStdin(),
                group,
                0,
                "");
    }
}
