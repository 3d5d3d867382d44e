package dev.carafe.runtime.steps;

import dev.carafe.linux.Errno;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.SyscallNumbers;
import dev.carafe.runtime.plan.LaunchPlan;
import dev.carafe.runtime.plan.Mark;
import dev.carafe.runtime.plan.Report;
import dev.carafe.runtime.plan.Step;
import org.jspecify.annotations.Nullable;

/// The monitor: the launcher's process that stays as the parent, waits, and writes down how it
/// ended. Shared by containers and execs.
public final class MonitorSteps {
    /// In the run directory of a container without a monitor: opened for writing to start it.
    public static final String START_FIFO = "start";

    /// In the run directory of a container without a monitor: tells how its start went.
    public static final String REPORT_FIFO = "report";

    /// In the run directory: the one file that a monitor and its daemon write, each their part of
    /// it. One, for a new file costs far more than its few bytes.
    public static final String FILE = "monitor";

    /// Where the file tells the end: {@link Report#SIZE} bytes as of {@link Report.Exited}, whose
    /// first word is written last.
    public static final int EXIT_AT = 0;

    /// Where the file has a word that is not 0 once the program was started.
    public static final int STARTED_AT = 64;

    /// Where the file has the monitor's pid, in digits, written by itself.
    public static final int PID_AT = 72;

    /// The longest pid, in bytes.
    public static final int PID_SIZE = 24;

    /// From where on the daemon notes what it must know to take the monitor over.
    public static final int STATE_AT = 128;

    static final int CLONE_FILES = 0x400;
    static final int CLONE_VFORK = 0x4000;
    static final int CLONE_PARENT = 0x8000;

    private static final int PR_SET_NAME = 15;
    private static final int PR_SET_DUMPABLE = 4;
    private static final int SIG_BLOCK = 0;
    private static final int SIG_SETMASK = 2;
    private static final int SIGCHLD = 17;
    private static final int POLLIN = 1;
    private static final int WNOHANG = 1;
    private static final int FAILED_EXIT_CODE = 127;
    private static final int MODE = 0600;

    private final LaunchPlan plan;
    private final Calls calls;

    MonitorSteps(Calls calls) {
        this.plan = calls.plan;
        this.calls = calls;
    }

    /// The first thing in a launcher that ends when it has made its child.
    ///
    /// @param highest the last descriptor that is ours; whatever else leaked in is closed
    void beginBare(int highest) {
        plan.phase("launcher");
        calls.closeFrom("close what is not ours", highest + 1);
        calls.step("umask", SyscallNumbers.UMASK, 0);
    }

    /// The first thing in a launcher that becomes a monitor.
    void begin(int highest) {
        plan.phase("monitor");
        calls.closeFrom("close what is not ours", highest + 1);
        calls.step(
                "name the monitor", SyscallNumbers.PRCTL, PR_SET_NAME, plan.text("carafe-monitor"));
        calls.step("umask", SyscallNumbers.UMASK, 0);
        long self = plan.room(PID_SIZE);
        Step pid =
                calls.step(
                        "read /proc/self",
                        SyscallNumbers.READLINKAT,
                        Calls.CWD,
                        plan.text("/proc/self"),
                        self,
                        PID_SIZE - 1);
        Step file = runFile("make the run file", FileSystem.O_CREAT | FileSystem.O_TRUNC);
        calls.step(
                        "write the monitor's pid",
                        SyscallNumbers.PWRITE64,
                        file.result(),
                        self,
                        pid.result(),
                        PID_AT)
                .indirect(0)
                .indirect(2);
        calls.step("close the run file", SyscallNumbers.CLOSE, file.result()).indirect(0);
        long mask = plan.words(1L << (SIGCHLD - 1));
        calls.step("block SIGCHLD", SyscallNumbers.RT_SIGPROCMASK, SIG_BLOCK, mask, 0, 8);
        Step signals =
                calls.step("make the signalfd", SyscallNumbers.SIGNALFD4, -1, mask, 8, 0x80800);
        calls.step(
                        "place the signalfd",
                        SyscallNumbers.DUP3,
                        signals.result(),
                        Descriptors.SIGNALS,
                        0x80000)
                .indirect(0);
        calls.step("close the signalfd's first number", SyscallNumbers.CLOSE, signals.result())
                .indirect(0);
    }

    /// No ptrace and no /proc/PID of the monitor's children for who is not the host's root.
    void undumpable() {
        calls.step("become undumpable", SyscallNumbers.PRCTL, PR_SET_DUMPABLE, 0);
    }

    /// In a child: signals as a program expects them.
    void resetSignals() {
        calls.step(
                "unblock signals", SyscallNumbers.RT_SIGPROCMASK, SIG_SETMASK, plan.words(0), 0, 8);
    }

    /// clone(2), or clone3(2) when the child is to be born in a cgroup. The result is 0 in the
    /// child.
    Step fork(String label, long flags, @Nullable Integer groupDirectory) {
        if (groupDirectory == null) {
            return calls.step(label, SyscallNumbers.CLONE, flags | SIGCHLD, 0, 0, 0, 0);
        }
        long intoCgroup = 0x2_0000_0000L;
        // a sibling inherits its signal, and clone3 wants none given
        long signal = (flags & CLONE_PARENT) != 0 ? 0 : SIGCHLD;
        long args = plan.words(flags | intoCgroup, 0, 0, 0, signal, 0, 0, 0, 0, 0, groupDirectory);
        return calls.step(label, SyscallNumbers.CLONE3, args, 88);
    }

    /// Tells that the program runs, and marks it for who comes after a crash.
    void started(long pidAddress) {
        Step file = runFile("open the run file", 0).tolerate(Step.ANY_ERROR);
        calls.step(
                        "mark as started",
                        SyscallNumbers.PWRITE64,
                        file.result(),
                        plan.words(1),
                        8,
                        STARTED_AT)
                .indirect(0)
                .tolerate(Step.ANY_ERROR);
        calls.step("close the run file", SyscallNumbers.CLOSE, file.result())
                .indirect(0)
                .tolerate(Step.ANY_ERROR);
        report("report the start", Report.STARTED, pidAddress, 8);
    }

    /// From here on the monitor holds what must outlive a daemon, and nothing else.
    void keepOnlyOwn() {
        calls.closeRange("close the program's streams", 0, 2);
        calls.closeFrom("close the program's descriptors", Descriptors.FIRST_FREE);
    }

    /// Waits for the last child, serving {@link Descriptors#CONTROL} meanwhile; then writes,
    /// reports, waits for its release and ends.
    void waitAndEnd() {
        waitAndEnd(null);
    }

    /// @param pidAddress where the pid of the child to wait for stands; null for the last one
    void waitAndEnd(@Nullable Long pidAddress) {
        long pollfds = plan.words(pollfd(Descriptors.SIGNALS), pollfd(Descriptors.CONTROL));
        long scratch = plan.room(128);
        long status = plan.room(8);
        long usage = plan.room(144);
        Mark again = plan.mark();
        Mark look = plan.mark();
        Mark closeStdin = plan.mark();
        Mark ended = plan.mark();
        plan.place(again);
        calls.step("wait for the program", SyscallNumbers.PPOLL, pollfds, 2, 0, 0, 8)
                .tolerate(Errno.EINTR);
        calls.step("take the signal", SyscallNumbers.READ, Descriptors.SIGNALS, scratch, 128)
                .tolerate(Errno.EAGAIN);
        calls.step("take a request", SyscallNumbers.READ, Descriptors.CONTROL, scratch, 8)
                .tolerate(Errno.EAGAIN)
                .onPositive(closeStdin);
        plan.place(look);
        look(pidAddress, status, usage).onZero(again).onPositive(ended);
        plan.place(closeStdin);
        calls.step("close stdin", SyscallNumbers.CLOSE, Descriptors.STDIN).tolerate(Step.ANY_ERROR);
        plan.jump(look);
        plan.place(ended);
        end(status, usage);
    }

    private void end(long status, long usage) {
        writeExit(status, usage);
        calls.step(
                "wait to be released", SyscallNumbers.READ, Descriptors.RELEASE, plan.room(8), 8);
        calls.step("end", SyscallNumbers.EXIT_GROUP, 0);
    }

    /// Looks whether the child has ended, without waiting: 0 while it has not.
    private Step look(@Nullable Long pidAddress, long status, long usage) {
        long pid = pidAddress == null ? -1 : pidAddress;
        Step look =
                calls.step("look for the exit", SyscallNumbers.WAIT4, pid, status, WNOHANG, usage);
        return pidAddress == null ? look : look.indirect(0);
    }

    /// Waits to be told to start the program, going on behind; when the program ends before, the
    /// monitor ends as after it.
    ///
    /// @param pidAddress where the pid of the waiting child stands
    void waitForStart(long pidAddress) {
        long pollfds = plan.words(pollfd(Descriptors.SIGNALS), pollfd(Descriptors.START));
        long scratch = plan.room(128);
        Mark again = plan.mark();
        Mark go = plan.mark();
        Mark ended = plan.mark();
        plan.place(again);
        calls.step("wait for the start", SyscallNumbers.PPOLL, pollfds, 2, 0, 0, 8)
                .tolerate(Errno.EINTR);
        calls.step("take the signal", SyscallNumbers.READ, Descriptors.SIGNALS, scratch, 128)
                .tolerate(Errno.EAGAIN);
        Mark noStart = plan.mark();
        calls.step("take the start", SyscallNumbers.READ, Descriptors.START, scratch, 8)
                .onError(noStart)
                .onPositive(go);
        plan.place(noStart);
        long status = plan.room(8);
        long usage = plan.room(144);
        look(pidAddress, status, usage).onZero(again).onPositive(ended);
        plan.place(ended);
        end(status, usage);
        plan.place(go);
    }

    /// What every process of the plan does when a step fails.
    void failure() {
        plan.phase("failure");
        plan.placeFailure();
        report("report the failure", Report.FAILED, plan.failureAddress(), 16);
        calls.step("end", SyscallNumbers.EXIT_GROUP, FAILED_EXIT_CODE);
    }

    /// Waits until somebody opens the start FIFO for writing; from now on reports go into the
    /// report FIFO, which that somebody reads.
    void waitOnFifos() {
        int flags = FileSystem.O_RDWR | FileSystem.O_CLOEXEC;
        Step report =
                calls.step(
                        "open the report FIFO",
                        SyscallNumbers.OPENAT,
                        Descriptors.RUN_DIR,
                        plan.text(REPORT_FIFO),
                        flags,
                        0);
        calls.step(
                        "report there from now on",
                        SyscallNumbers.DUP3,
                        report.result(),
                        Descriptors.REPORT,
                        0x80000)
                .indirect(0);
        calls.step(
                "wait for the start",
                SyscallNumbers.OPENAT,
                Descriptors.RUN_DIR,
                plan.text(START_FIFO),
                FileSystem.O_RDONLY | FileSystem.O_CLOEXEC,
                0);
    }

    /// Writes one record of {@link Report#SIZE} bytes.
    void report(String label, int type, long address, int length) {
        long vector =
                plan.words(
                        plan.words(type),
                        8,
                        address,
                        length,
                        plan.room(Report.SIZE),
                        Report.SIZE - 8 - length);
        calls.step(label, SyscallNumbers.WRITEV, Descriptors.REPORT, vector, 3);
    }

    // the file first: who reads the record may rely on it, and who comes later needs no record
    private void writeExit(long status, long usage) {
        long time = plan.room(16);
        calls.step("take the time", SyscallNumbers.CLOCK_GETTIME, 0, time);
        long type = plan.words(Report.EXITED);
        long record = plan.words(type, 8, status, 8, time, 16, usage, 32);
        long rest = record + 16;
        Step file = runFile("open the run file", 0).tolerate(Step.ANY_ERROR);
        calls.step(
                        "write the exit status",
                        SyscallNumbers.PWRITEV,
                        file.result(),
                        rest,
                        3,
                        EXIT_AT + 8,
                        0)
                .indirect(0)
                .tolerate(Step.ANY_ERROR);
        calls.step(
                        "make the exit status valid",
                        SyscallNumbers.PWRITE64,
                        file.result(),
                        type,
                        8,
                        EXIT_AT)
                .indirect(0)
                .tolerate(Step.ANY_ERROR);
        calls.step("close the run file", SyscallNumbers.CLOSE, file.result())
                .indirect(0)
                .tolerate(Step.ANY_ERROR);
        calls.step("report the exit", SyscallNumbers.WRITEV, Descriptors.REPORT, record, 4);
    }

    private Step runFile(String label, int flags) {
        return calls.step(
                label,
                SyscallNumbers.OPENAT,
                Descriptors.RUN_DIR,
                plan.text(FILE),
                FileSystem.O_WRONLY | FileSystem.O_CLOEXEC | flags,
                MODE);
    }

    private static long pollfd(int fd) {
        return (long) POLLIN << 32 | fd;
    }
}
