package dev.carafe.runtime.steps;

import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.SyscallNumbers;
import dev.carafe.oci.runtime.Process;
import dev.carafe.runtime.plan.LaunchPlan;
import dev.carafe.runtime.plan.Mark;
import dev.carafe.runtime.plan.Report;
import dev.carafe.runtime.plan.Step;

/// The plan that starts one more process in a container: a monitor, a joiner, and the process.
///
/// The joiner stays outside of the container's pid namespace (setns moves children only), confines
/// itself completely and then makes the process as the monitor's child: nothing with more rights
/// than the program, and no descriptor of ours, is ever visible in the container (CVE-2016-9962,
/// CVE-2019-5736).
public final class ExecPlan {
    private static final int KEYCTL_JOIN_SESSION_KEYRING = 1;
    private static final int TIOCSCTTY = 0x540e;

    private final LaunchPlan plan = new LaunchPlan();
    private final ExecShape shape;
    private final Process process;
    private final Calls calls;
    private final MonitorSteps monitor;
    private final ConfineSteps confine;

    private ExecPlan(ExecShape shape, int highestDescriptor) {
        this.shape = shape;
        this.process = shape.process();
        this.calls = new Calls(plan, shape.kernel(), highestDescriptor);
        this.monitor = new MonitorSteps(calls);
        this.confine = new ConfineSteps(calls, shape.kernel(), process, shape.user());
    }

    /// @param highestDescriptor of those passed to the launcher
    public static LaunchPlan of(ExecShape shape, int highestDescriptor) {
        if (shape.process().args().isEmpty()) {
            throw new InvalidArgument("no process to run");
        }
        return new ExecPlan(shape, highestDescriptor).build(highestDescriptor);
    }

    private LaunchPlan build(int highestDescriptor) {
        Mark joiner = plan.mark();
        Mark program = plan.mark();
        if (shape.bare()) {
            launchBare(joiner, highestDescriptor);
        } else {
            monitor(joiner, highestDescriptor);
        }
        plan.place(joiner);
        join();
        confine();
        long flags = MonitorSteps.CLONE_VFORK | MonitorSteps.CLONE_PARENT;
        Step child = monitor.fork("start the process", flags, null).onZero(program);
        monitor.report("report the start", Report.STARTED, child.result(), 8);
        calls.step("end", SyscallNumbers.EXIT_GROUP, 0);
        plan.place(program);
        run();
        monitor.failure();
        return plan;
    }

    private void monitor(Mark joiner, int highestDescriptor) {
        monitor.begin(highestDescriptor);
        Step birth =
                monitor.fork("start the joiner", MonitorSteps.CLONE_VFORK, shape.groupDirectory())
                        .onZero(joiner);
        calls.step("reap the joiner", SyscallNumbers.WAIT4, birth.result(), 0, 0, 0).indirect(0);
        monitor.keepOnlyOwn();
        monitor.waitAndEnd();
    }

    /// Without a monitor the launcher is the joiner itself, but where the joiner has to be born in
    /// a cgroup.
    private void launchBare(Mark joiner, int highestDescriptor) {
        monitor.beginBare(highestDescriptor);
        if (shape.groupDirectory() != null) {
            monitor.fork("start the joiner", MonitorSteps.CLONE_PARENT, shape.groupDirectory())
                    .onZero(joiner);
            calls.step("end", SyscallNumbers.EXIT_GROUP, 0);
        }
    }

    private void join() {
        plan.phase("joiner: join");
        monitor.resetSignals();
        monitor.undumpable();
        calls.closeRange(
                "close the monitor's descriptors", Descriptors.START, Descriptors.FIRST_FREE - 1);
        confine.oomScore();
        NamespaceSteps.joinGroups(calls, shape.groups());
        calls.step(
                "join the container's namespaces",
                SyscallNumbers.SETNS,
                shape.container(),
                shape.namespaces());
        if (shape.user()) {
            calls.step("become group 0", SyscallNumbers.SETRESGID, 0, 0, 0);
            calls.step("leave the host's groups", SyscallNumbers.SETGROUPS, 0, 0);
            calls.step("become user 0", SyscallNumbers.SETRESUID, 0, 0, 0);
        }
    }

    private void confine() {
        plan.phase("joiner: confine");
        calls.closeFrom("close every descriptor of ours", Descriptors.START);
        calls.step(
                        "join the container's keyring",
                        SyscallNumbers.KEYCTL,
                        KEYCTL_JOIN_SESSION_KEYRING,
                        plan.text("_ses." + shape.containerId()))
                .tolerate(Step.ANY_ERROR);
        confine.limits();
        ContainerPlan.enterFolder(calls, process);
        confine.filterWhilePrivileged(shape.filter());
        confine.privileges();
        confine.noNewPrivileges();
        // changing ids makes a process dumpable again
        monitor.undumpable();
        confine.filterAtLast(shape.filter());
    }

    private void run() {
        plan.phase("process: run");
        calls.step("lead a session", SyscallNumbers.SETSID);
        if (shape.terminal()) {
            calls.step("take the terminal", SyscallNumbers.IOCTL, 0, TIOCSCTTY, 0);
        }
        if (!shape.bare()) {
            confine.dieWithParent();
        }
        calls.closeOnExec();
        new ProgramSteps(calls, process).execute();
    }
}
