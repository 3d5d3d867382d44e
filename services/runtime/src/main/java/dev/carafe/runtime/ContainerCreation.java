package dev.carafe.runtime;

import dev.carafe.base.Aside;
import dev.carafe.base.Internal;
import dev.carafe.base.Undo;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Namespaces;
import dev.carafe.linux.ProcFiles;
import dev.carafe.linux.Processes;
import dev.carafe.linux.Pty;
import dev.carafe.linux.cgroup.Cgroup;
import dev.carafe.oci.runtime.Linux;
import dev.carafe.oci.runtime.Mount;
import dev.carafe.oci.runtime.Namespace;
import dev.carafe.oci.runtime.Process;
import dev.carafe.oci.runtime.Spec;
import dev.carafe.runtime.plan.LaunchPlan;
import dev.carafe.runtime.steps.ContainerPlan;
import dev.carafe.runtime.steps.ContainerShape;
import dev.carafe.runtime.steps.ContainerShape.Bind;
import dev.carafe.runtime.steps.Descriptors;
import dev.carafe.runtime.steps.DeviceSteps;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes one container: what this process can do itself first, then the plan for the rest, then the
/// launcher.
final class ContainerCreation implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final boolean bare;
    private final Services services;
    private final CreateRequest request;
    private final Spec spec;
    private final Linux linux;
    private final Process process;
    private final Preparation preparation = new Preparation();
    private final Descriptors descriptors = preparation.descriptors();
    private final SeccompFilters.@Nullable Stored filter;
    private @Nullable Integer console;
    private boolean hasDevpts;
    private int devptsNumber;

    /// @param bare without a monitor, see {@link BareContainers}
    ContainerCreation(Services services, CreateRequest request, boolean bare) {
        this.bare = bare;
        this.services = services;
        this.request = request;
        this.spec = request.spec();
        this.linux = SpecCheck.check(spec);
        this.process = Objects.requireNonNull(spec.process());
        this.filter = services.filters().of(linux.seccomp());
    }

    RunningContainer create() {
        ContainerHooks hooks = ContainerHooks.of(request, services);
        try (Undo undo = new Undo()) {
            if (hooks != null) {
                undo.push(hooks::stopped);
            }
            Aside<Cgroup> made = Aside.make(this::makeGroup);
            undo.push(() -> made.settle(Cgroup::delete));
            undo.push(() -> RunFile.clear(request.runDir()));
            Stdio stdio = stdio();
            undo.push(stdio::close);
            Monitor.Ends ends = preparation.ends(stdio, request.runDir());
            undo.push(ends::close);
            Root root = root();
            Map<Mount, Bind> binds = binds(root);
            Cgroup cgroup = made.await();
            ContainerShape shape = shape(root, binds, cgroup);
            LaunchPlan plan = ContainerPlan.of(shape, descriptors.highest());
            Monitor monitor = launch(plan, ends);
            undo.push(monitor::close);
            undo.push(monitor::awaitGone);
            undo.push(cgroup::kill);
            undo.push(monitor::release);
            preparation.close();
            int pid =
                    Monitor.await(
                            monitor.created(), DEADLINE, "creating container " + request.id());
            MonitorState state = state(monitor.pid(), pid, shape);
            Fd init = Processes.pidfdOpen(pid);
            undo.push(init::close);
            state.write(request.runDir());
            if (hooks != null) {
                hooks.created(pid);
            }
            undo.keep();
            return new RunningContainer(request.id(), monitor, state, cgroup, init, hooks);
        }
    }

    /// The plan alone, for people to read.
    String explain() {
        try (Stdio stdio = stdio()) {
            try (Monitor.Ends ends = preparation.ends(stdio, request.runDir())) {
                Root root = root();
                ContainerShape shape = shape(root, binds(root), null);
                return ends.stdio() == stdio
                        ? ContainerPlan.of(shape, descriptors.highest()).describe()
                        : "";
            }
        }
    }

    @Override
    public void close() {
        preparation.close();
    }

    private Monitor launch(LaunchPlan plan, Monitor.Ends ends) {
        return preparation.launch(
                services,
                "container " + request.id(),
                plan,
                ends,
                request.runDir(),
                this::writeIdMaps);
    }

    void writeIdMaps(int pid) {
        ProcFiles.write("/proc/" + pid + "/uid_map", UserIds.map(linux.uidMappings()));
        ProcFiles.write("/proc/" + pid + "/gid_map", UserIds.map(linux.gidMappings()));
    }

    /// The plan and what it needs, for a launcher that is no monitor.
    LaunchPlan bare(Cgroup cgroup, Fd report, Fd start, Pty[] terminal) {
        Fd devpts = devpts();
        if (request.stdio().terminal()) {
            Pty pty = terminal(devpts);
            terminal[0] = pty;
            Streams.bareTerminal(pty, request.stdio(), owner(), preparation.held(), descriptors);
        }
        preparation.bareEnds(report, start, request.runDir());
        return ContainerPlan.of(shape(cgroup), descriptors.highest());
    }

    Preparation preparation() {
        return preparation;
    }

    Linux linux() {
        return linux;
    }

    private int owner() {
        return UserIds.host(linux.uidMappings(), process.user().uid());
    }

    private @Nullable Fd devpts() {
        Fd devpts = DevPts.make(spec, linux);
        if (devpts != null) {
            hasDevpts = true;
            devptsNumber = preparation.pass(devpts);
        }
        return devpts;
    }

    private Pty terminal(@Nullable Fd devpts) {
        Pty pty = devpts == null ? Pty.openHost() : Pty.open(devpts);
        console = devpts == null ? null : Integer.valueOf(pty.index());
        return pty;
    }

    private Stdio stdio() {
        Fd devpts = devpts();
        if (devpts != null) {
            descriptors.put(Descriptors.DEVPTS, devpts);
        }
        if (!request.stdio().terminal()) {
            return Streams.pipes(
                    request.stdio().openStdin(),
                    owner(),
                    preparation.held(),
                    descriptors,
                    services.nothing());
        }
        return Streams.terminal(
                terminal(devpts), request.stdio(), owner(), preparation.held(), descriptors);
    }

    private Cgroup makeGroup() {
        return services.cgroups().create(groupPath(), Limits.of(linux.resources()));
    }

    private Map<Mount, Bind> binds(Root root) {
        return new BindMounts(services, preparation.held(), descriptors).of(spec, root.tree());
    }

    private ContainerShape shape(Cgroup cgroup) {
        Root root = root();
        return shape(root, binds(root), cgroup);
    }

    private ContainerShape shape(Root root, Map<Mount, Bind> binds, @Nullable Cgroup cgroup) {
        Map<String, Integer> groups = cgroup == null ? Map.of() : preparation.groups(cgroup);
        boolean userns = SpecCheck.has(linux, Namespace.USER);
        Map<String, Integer> joins = joins();
        return new ContainerShape(
                request.id(),
                spec,
                root.mount(),
                binds,
                joins,
                groups,
                cgroup == null ? null : preparation.groupDirectory(cgroup),
                cgroup == null ? List.of() : new CgroupViews(preparation).of(spec, linux, cgroup),
                userns ? hostDevices() : Map.of(),
                hasDevpts ? Integer.valueOf(devptsNumber) : null,
                console,
                request.stdio().terminal(),
                userns
                        && !joins.containsKey(Namespace.USER)
                        && joins.containsKey(Namespace.NETWORK),
                bare,
                filter == null ? null : filter.filter(),
                services.kernel());
    }

    /// @param tree the root file system, to look at; null when it is mounted later
    private record Root(ContainerShape.RootMount mount, @Nullable Fd tree) {}

    private Root root() {
        return switch (request.root()) {
            case RootFilesystem.Detached(Fd mount) ->
                    new Root(new ContainerShape.RootMount.Attach(descriptors.pass(mount)), mount);
            case RootFilesystem.Directory(var path) -> {
                Fd tree = preparation.held().add(directoryTree(path.toString()));
                yield new Root(new ContainerShape.RootMount.Attach(descriptors.pass(tree)), tree);
            }
            case RootFilesystem.Overlay overlay ->
                    new Root(OverlayRoot.of(overlay, request.runDir()), null);
        };
    }

    private static Fd directoryTree(String path) {
        try {
            Fd tree = BindMounts.tree(path, true);
            BindMounts.makePrivate(tree);
            return tree;
        } catch (ErrnoException e) {
            throw new StartFailed("open the root file system " + path, e.errno());
        }
    }

    private Map<String, Integer> joins() {
        Map<String, Integer> joins = new HashMap<>();
        for (Namespace each : linux.namespaces()) {
            if (each.path() != null && !each.path().isEmpty()) {
                try {
                    joins.put(
                            each.type(),
                            preparation.pass(FileSystem.open(each.path(), FileSystem.O_RDONLY)));
                } catch (ErrnoException e) {
                    throw new StartFailed(
                            "open the " + each.type() + " namespace " + each.path(), e.errno());
                }
            }
        }
        if (request.netns() != null) {
            joins.put(Namespace.NETWORK, descriptors.pass(request.netns()));
        }
        return joins;
    }

    private Map<String, Integer> hostDevices() {
        Map<String, Integer> devices = new HashMap<>();
        for (String path : DeviceSteps.devices(linux).keySet()) {
            devices.put(path, preparation.pass(BindMounts.tree(path, false)));
        }
        return devices;
    }

    private MonitorState state(int monitorPid, int pid, ContainerShape shape) {
        long ticks =
                Processes.startTicks(monitorPid)
                        .orElseThrow(() ->
                                new Internal(
                                        "the monitor of container "
                                                + request.id()
                                                + " ended early"));
        long namespaces = ExecCreation.bits(linux);
        if (shape.joins().containsKey(Namespace.NETWORK)) {
            namespaces |= Namespaces.CLONE_NEWNET;
        }
        return new MonitorState(
                monitorPid,
                ticks,
                pid,
                request.stdio().terminal(),
                request.stdio().openStdin(),
                groupPath(),
                namespaces,
                filter == null ? "" : filter.name());
    }

    /// Without the systemd driver's `slice:prefix:name`, which becomes the path systemd would make
    /// of it.
    String groupPath() {
        return groupPath(linux, request.id());
    }

    static String groupPath(Linux linux, String id) {
        String path = linux.cgroupsPath();
        if (path == null || path.isEmpty()) {
            return "carafe/" + id;
        }
        String[] parts = path.split(":", -1);
        if (parts.length == 3) {
            return (parts[0].isEmpty() ? "system.slice" : parts[0])
                    + "/"
                    + parts[1]
                    + "-"
                    + parts[2]
                    + ".scope";
        }
        return path.startsWith("/") ? path.substring(1) : path;
    }
}
