package dev.carafe.runtime.steps;

import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Mounts;
import dev.carafe.linux.Namespaces;
import dev.carafe.linux.SyscallNumbers;
import dev.carafe.runtime.plan.LaunchPlan;
import dev.carafe.runtime.plan.Mark;
import dev.carafe.runtime.plan.Report;
import dev.carafe.runtime.plan.Step;
import java.util.List;

/// The plan that has another OCI runtime make a process: a monitor, which becomes the process's
/// parent when the runtime ends (PR_SET_CHILD_SUBREAPER), and the runtime.
///
/// What the runtime needs to see of ours - the root file system, the sources of binds - is attached
/// in a mount namespace of its own, so the host's table never lists it, and a container's
/// namespace, which is a copy of that one, holds it as long as it is needed.
public final class ExternalPlan {
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int CLOEXEC = 0x80000;
    private static final int MSG_CMSG_CLOEXEC = 0x4000_0000;
    private static final int PID_TEXT = 24;

    private final LaunchPlan plan = new LaunchPlan();
    private final ExternalShape shape;
    private final Calls calls;
    private final MonitorSteps monitor;

    private ExternalPlan(ExternalShape shape, int highestDescriptor) {
        this.shape = shape;
        this.calls = new Calls(plan, shape.kernel(), highestDescriptor);
        this.monitor = new MonitorSteps(calls);
    }

    /// @param highestDescriptor of those passed to the launcher
    public static LaunchPlan of(ExternalShape shape, int highestDescriptor) {
        return new ExternalPlan(shape, highestDescriptor).build(highestDescriptor);
    }

    private LaunchPlan build(int highestDescriptor) {
        Mark maker = plan.mark();
        Mark starter = plan.mark();
        Mark refused = plan.mark();
        monitor.begin(highestDescriptor);
        subreaper(1);
        long status = plan.room(8);
        runtime(maker, status, refused);
        if (shape.console() != null) {
            takeTerminal(shape.console());
        }
        long pid = learnPid();
        subreaper(0);
        monitor.keepOnlyOwn();
        if (shape.start() != null) {
            monitor.waitForStart(pid);
            runtime(starter, status, refused);
        }
        monitor.started(pid);
        monitor.waitAndEnd(pid);
        plan.place(refused);
        monitor.report("report the runtime's end", Report.REFUSED, status, 8);
        calls.step("end", SyscallNumbers.EXIT_GROUP, 0);
        plan.place(maker);
        make();
        if (shape.start() != null) {
            plan.place(starter);
            start(shape.start());
        }
        monitor.failure();
        return plan;
    }

    /// Runs the runtime and waits for its end.
    private void runtime(Mark child, long status, Mark refused) {
        Step birth = monitor.fork("start the runtime", 0, null).onZero(child);
        calls.step("wait for the runtime", SyscallNumbers.WAIT4, birth.result(), status, 0, 0)
                .indirect(0);
        plan.load32("look how the runtime ended", status).onPositive(refused);
    }

    /// Orphans go to the monitor while a runtime makes its process, and not any more when that is
    /// there: those of the host's pid namespace would be taken for it.
    private void subreaper(int on) {
        calls.step("take over orphans", SyscallNumbers.PRCTL, PR_SET_CHILD_SUBREAPER, on);
    }

    /// Tells the pid that the runtime wrote in digits, and reads it as a number.
    private long learnPid() {
        long text = plan.room(PID_TEXT);
        Step file =
                calls.step(
                        "open the runtime's pid file",
                        SyscallNumbers.OPENAT,
                        Calls.CWD,
                        plan.text(shape.folder() + "/" + ExternalShape.PID_FILE),
                        FileSystem.O_RDONLY | FileSystem.O_CLOEXEC,
                        0);
        calls.step(
                        "read the runtime's pid file",
                        SyscallNumbers.READ,
                        file.result(),
                        text,
                        PID_TEXT - 1)
                .indirect(0);
        calls.step("close the runtime's pid file", SyscallNumbers.CLOSE, file.result()).indirect(0);
        monitor.report("report the creation", Report.CREATED, text, PID_TEXT);
        long pid = plan.room(8);
        Mark alone = plan.mark();
        Mark known = plan.mark();
        calls.step("read the pid", SyscallNumbers.READ, shape.pid(), pid, 8)
                .onZero(alone)
                .onPositive(known);
        plan.place(alone);
        calls.step("end", SyscallNumbers.EXIT_GROUP, 0);
        plan.place(known);
        return pid;
    }

    // struct msghdr, one struct iovec, one struct cmsghdr with an int
    private void takeTerminal(int socket) {
        long control = plan.words(0, 0, 0);
        long message = plan.words(0, 0, plan.words(plan.room(64), 64), 1, control, 24, 0);
        String label = "take the terminal from the runtime";
        Step connection = calls.step(label, SyscallNumbers.ACCEPT4, socket, 0, 0, CLOEXEC);
        calls.step(label, SyscallNumbers.RECVMSG, connection.result(), message, MSG_CMSG_CLOEXEC)
                .indirect(0);
        long terminal = control + 16;
        calls.step(label, SyscallNumbers.DUP3, terminal, Descriptors.STDOUT, CLOEXEC).indirect(0);
        calls.step(label, SyscallNumbers.CLOSE, terminal).indirect(0);
        calls.step(label, SyscallNumbers.CLOSE, connection.result()).indirect(0);
    }

    private void make() {
        plan.phase("runtime: make");
        monitor.resetSignals();
        mounts();
        calls.closeFrom("close every descriptor of ours", Descriptors.START);
        execute(shape.make());
    }

    private void start(List<String> command) {
        plan.phase("runtime: start");
        monitor.resetSignals();
        calls.closeFrom("close every descriptor of ours", Descriptors.START);
        for (int i = 0; i < 3; i++) {
            calls.step(
                    "open /dev/null",
                    SyscallNumbers.OPENAT,
                    Calls.CWD,
                    plan.text("/dev/null"),
                    FileSystem.O_RDWR,
                    0);
        }
        execute(command);
    }

    private void execute(List<String> command) {
        calls.step("change to " + shape.folder(), SyscallNumbers.CHDIR, plan.text(shape.folder()));
        calls.closeOnExec();
        calls.step(
                "execute " + command.getFirst(),
                SyscallNumbers.EXECVE,
                plan.text(command.getFirst()),
                plan.vector(command),
                plan.vector(shape.environment()));
    }

    /// Mounts of the host come here and further; ours do not get there.
    private void mounts() {
        ContainerShape.RootMount root = shape.mounts().root();
        if (root == null) {
            return;
        }
        calls.step("make a mount namespace", SyscallNumbers.UNSHARE, Namespaces.CLONE_NEWNS);
        calls.mount(
                "keep mounts to ourselves", null, "/", null, Mounts.MS_SLAVE | Mounts.MS_REC, null);
        String at = shape.mounts().rootPath();
        switch (root) {
            case ContainerShape.RootMount.Attach(int fd) ->
                    calls.attach("attach the root file system", fd, at, false);
            case ContainerShape.RootMount.MountOverlay overlay -> {
                calls.step(
                        "change to " + overlay.folder(),
                        SyscallNumbers.CHDIR,
                        plan.text(overlay.folder()));
                calls.mount(
                        "mount the root file system",
                        "overlay",
                        at,
                        "overlay",
                        0,
                        overlay.options());
            }
        }
        for (ExternalShape.Attached each : shape.mounts().others()) {
            calls.attach("attach " + each.path(), each.fd(), each.path(), false);
        }
    }
}
