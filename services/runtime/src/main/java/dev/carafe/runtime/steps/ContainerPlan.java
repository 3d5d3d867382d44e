package dev.carafe.runtime.steps;

import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.SyscallNumbers;
import dev.carafe.oci.runtime.Linux;
import dev.carafe.oci.runtime.Namespace;
import dev.carafe.oci.runtime.Process;
import dev.carafe.oci.runtime.Spec;
import dev.carafe.runtime.plan.LaunchPlan;
import dev.carafe.runtime.plan.Mark;
import dev.carafe.runtime.plan.Report;
import dev.carafe.runtime.plan.Step;
import org.jspecify.annotations.Nullable;

/// The plan that creates and starts a container: a monitor, and the container's first process.
///
/// The order is the security of it. Before the first path of the image is resolved for the program
/// (its working directory, itself) every descriptor of ours is really closed, not marked
/// close-on-exec (CVE-2024-21626). Mounts are made after pivot_root, so the image's symlinks lead
/// nowhere else. Privileges go last, each after the last step that needs it.
public final class ContainerPlan {
    private static final int KEYCTL_JOIN_SESSION_KEYRING = 1;
    private static final int TIOCSCTTY = 0x540e;

    private final LaunchPlan plan = new LaunchPlan();
    private final ContainerShape shape;
    private final Calls calls;
    private final MonitorSteps monitor;
    private final NamespaceSteps namespaces;
    private final Linux linux;
    private final Process process;
    private final ConfineSteps confine;
    private long pid;

    private ContainerPlan(
            ContainerShape shape, int highestDescriptor, Linux linux, Process process) {
        this.shape = shape;
        this.linux = linux;
        this.process = process;
        this.calls = new Calls(plan, shape.kernel(), highestDescriptor);
        this.monitor = new MonitorSteps(calls);
        this.namespaces = new NamespaceSteps(calls, shape);
        this.confine = new ConfineSteps(calls, shape.kernel(), process, shape.inUserNamespace());
    }

    /// @param highestDescriptor of those passed to the launcher
    /// @throws dev.carafe.base.InvalidArgument when the spec asks for what can't be
    public static LaunchPlan of(ContainerShape shape, int highestDescriptor) {
        Spec spec = shape.spec();
        if (spec.linux() == null || spec.process() == null || spec.process().args().isEmpty()) {
            throw new InvalidArgument("the spec has no linux section or no process to run");
        }
        return new ContainerPlan(shape, highestDescriptor, spec.linux(), spec.process())
                .build(highestDescriptor);
    }

    private LaunchPlan build(int highestDescriptor) {
        Mark first = plan.mark();
        if (shape.bare()) {
            launchBare(first, highestDescriptor);
        } else if (shape.joins().containsKey(Namespace.USER)) {
            monitorWithJoiner(first, highestDescriptor);
        } else {
            monitor(first, highestDescriptor);
        }
        plan.place(first);
        prepare();
        Step nothing = enter();
        furnish(nothing);
        waitForStart();
        run();
        monitor.failure();
        return plan;
    }

    private void monitor(Mark first, int highestDescriptor) {
        monitor.begin(highestDescriptor);
        hideFromOthers();
        namespaces.beforeBirth();
        long flags = MonitorSteps.CLONE_VFORK | MonitorSteps.CLONE_FILES | namespaces.birthFlags();
        Step birth =
                monitor.fork("start the first process", flags, shape.groupDirectory())
                        .onZero(first);
        monitor.started(birth.result());
        monitor.keepOnlyOwn();
        monitor.waitAndEnd();
    }

    /// Namespaces belong to the user namespace that they are made in, so the first process is born
    /// in that of the other container: a joiner enters it and makes the process as the monitor's
    /// child.
    private void monitorWithJoiner(Mark first, int highestDescriptor) {
        long shared = MonitorSteps.CLONE_VFORK | MonitorSteps.CLONE_FILES;
        Mark joiner = plan.mark();
        monitor.begin(highestDescriptor);
        hideFromOthers();
        Step birth =
                monitor.fork("start the joiner", shared, shape.groupDirectory()).onZero(joiner);
        calls.step("reap the joiner", SyscallNumbers.WAIT4, birth.result(), 0, 0, 0).indirect(0);
        monitor.keepOnlyOwn();
        monitor.waitAndEnd();
        plan.place(joiner);
        plan.phase("joiner");
        namespaces.enterUser();
        namespaces.beforeBirth();
        long flags = shared | MonitorSteps.CLONE_PARENT | namespaces.birthFlags();
        Step child = monitor.fork("start the first process", flags, null).onZero(first);
        monitor.started(child.result());
        calls.step("end", SyscallNumbers.EXIT_GROUP, 0);
    }

    private void launchBare(Mark first, int highestDescriptor) {
        monitor.beginBare(highestDescriptor);
        hideFromOthers();
        namespaces.enterUser();
        namespaces.beforeBirth();
        long flags = MonitorSteps.CLONE_PARENT | namespaces.birthFlags();
        monitor.fork("start the first process", flags, shape.groupDirectory()).onZero(first);
        calls.step("end", SyscallNumbers.EXIT_GROUP, 0);
    }

    /// In a pid namespace that is not its own, others see the first process while it still has all
    /// privileges.
    private void hideFromOthers() {
        if (!shape.makes(Namespace.PID)) {
            monitor.undumpable();
        }
    }

    private void dieWithMonitor() {
        if (!shape.bare()) {
            confine.dieWithParent();
        }
    }

    private void prepare() {
        plan.phase("first process: prepare");
        monitor.resetSignals();
        dieWithMonitor();
        calls.step("lead a session", SyscallNumbers.SETSID);
        confine.oomScore();
        long self = plan.room(24);
        calls.step(
                "read /proc/self",
                SyscallNumbers.READLINKAT,
                Calls.CWD,
                plan.text("/proc/self"),
                self,
                23);
        pid = self;
        NamespaceSteps.joinGroups(calls, shape.groups());
        if (shape.makes(Namespace.USER)) {
            monitor.report("ask for the id maps", Report.WANTS_MAPS, self, 24);
            calls.step(
                    "wait for the id maps",
                    SyscallNumbers.READ,
                    Descriptors.START,
                    plan.room(8),
                    8);
        }
        if (shape.inUserNamespace()) {
            calls.step("become group 0", SyscallNumbers.SETRESGID, 0, 0, 0);
            calls.step("leave the host's groups", SyscallNumbers.SETGROUPS, 0, 0);
            calls.step("become user 0", SyscallNumbers.SETRESUID, 0, 0, 0);
            confine.dieWithParent();
        }
    }

    private Step enter() {
        plan.phase("first process: namespaces and root");
        namespaces.enter();
        if (!shape.bare()) {
            namespaces.handOverMounts();
        }
        return new RootSteps(calls, shape, linux).enter();
    }

    private void furnish(Step nothing) {
        plan.phase("first process: mounts and devices");
        new MountSteps(calls, shape).all();
        new DeviceSteps(calls, shape).all(linux);
        PathSteps paths = new PathSteps(calls);
        paths.sysctls(linux);
        paths.readonly(linux);
        paths.masked(linux, nothing);
        String folder = MountSteps.clean(process.cwd());
        calls.directories(folder);
        new RootSteps(calls, shape, linux).leaveOldRoot();
        hostname(shape.spec().hostname(), "host name", SyscallNumbers.SETHOSTNAME);
        hostname(shape.spec().domainname(), "domain name", SyscallNumbers.SETDOMAINNAME);
        keyring();
        confine.limits();
    }

    private void waitForStart() {
        plan.phase("first process: created");
        monitor.report("report the creation", Report.CREATED, pid, 24);
        if (shape.bare()) {
            monitor.waitOnFifos();
        } else {
            calls.step(
                    "wait for the start", SyscallNumbers.READ, Descriptors.START, plan.room(8), 8);
        }
    }

    private void run() {
        plan.phase("first process: confine and run");
        calls.closeFrom("close every descriptor of ours", Descriptors.START);
        if (shape.terminal()) {
            calls.step("take the terminal", SyscallNumbers.IOCTL, 0, TIOCSCTTY, 0);
        }
        enterFolder(calls, process);
        confine.filterWhilePrivileged(shape.filter());
        confine.privileges();
        dieWithMonitor();
        confine.noNewPrivileges();
        confine.filterAtLast(shape.filter());
        calls.closeOnExec();
        new ProgramSteps(calls, process).execute();
    }

    static void enterFolder(Calls calls, Process process) {
        String label = "chdir to cwd (\"" + process.cwd() + "\") set in config.json failed";
        calls.step(label, SyscallNumbers.CHDIR, calls.text(process.cwd()));
    }

    private void keyring() {
        // the host's session keyring must not be the container's; a kernel without keyrings has
        // nothing to hide
        calls.step(
                        "have an own keyring",
                        SyscallNumbers.KEYCTL,
                        KEYCTL_JOIN_SESSION_KEYRING,
                        plan.text("_ses." + shape.id()))
                .tolerate(Step.ANY_ERROR);
    }

    private void hostname(@Nullable String name, String what, int number) {
        if (name != null && !name.isEmpty() && shape.makes(Namespace.UTS)) {
            calls.step(
                    "set the " + what + " to " + name, number, plan.text(name), Calls.length(name));
        }
    }
}
