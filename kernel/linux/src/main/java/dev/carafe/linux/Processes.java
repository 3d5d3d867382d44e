package dev.carafe.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.OptionalLong;

/// Starting processes, holding them by pidfd, signalling and reaping them.
public final class Processes {
    public static final int SIGHUP = 1;
    public static final int SIGINT = 2;
    public static final int SIGQUIT = 3;
    public static final int SIGKILL = 9;
    public static final int SIGTERM = 15;
    public static final int SIGCHLD = 17;
    public static final int SIGCONT = 18;
    public static final int SIGSTOP = 19;

    private static final int WNOHANG = 1;

    private Processes() {}

    /// How a child ended, as wait4(2) tells it. Times are CPU time of it and its reaped children.
    public record Waited(int pid, int status, long userMicros, long systemMicros) {
        public boolean signaled() {
            return (status & 0x7f) != 0;
        }

        /// The signal that killed it, 0 when it exited.
        public int signal() {
            return status & 0x7f;
        }

        /// What a shell reports: the exit code, or 128 + signal.
        public int exitCode() {
            return signaled() ? 128 + signal() : status >> 8 & 0xff;
        }
    }

    /// posix_spawn(3) with default signal dispositions and no signal blocked.
    ///
    /// @return the child's pid; the caller reaps it with {@link #waitPid}
    /// @throws ErrnoException with the error of execve as well (ENOENT, EACCES, ETXTBSY)
    public static int spawn(SpawnRequest request) {
        return Spawner.spawn(request);
    }

    /// pidfd_open(2), since Linux 5.3. Readable (EventLoop.IN) once the process has ended.
    public static Fd pidfdOpen(int pid) {
        return Fd.own(Syscall.call("pidfd_open", pid, SyscallNumbers.PIDFD_OPEN, pid, 0));
    }

    /// The same, empty when there is no such process.
    public static Optional<Fd> tryPidfdOpen(int pid) {
        long fd = Syscall.restarting(SyscallNumbers.PIDFD_OPEN, pid, 0);
        return fd == -Errno.ESRCH
                ? Optional.empty()
                : Optional.of(Fd.own(Syscall.check("pidfd_open", pid, fd)));
    }

    /// pidfd_getfd(2), since Linux 5.6: a duplicate of the other process's descriptor number
    /// `target`.
    public static Fd pidfdGetfd(Fd pidfd, int target) {
        return Fd.own(
                Syscall.call(
                        "pidfd_getfd",
                        target,
                        SyscallNumbers.PIDFD_GETFD,
                        pidfd.number(),
                        target,
                        0));
    }

    /// pidfd_send_signal(2).
    ///
    /// @return false when the process has ended and was reaped
    public static boolean pidfdSendSignal(Fd pidfd, int signal) {
        return sent(
                Syscall.restarting(SyscallNumbers.PIDFD_SEND_SIGNAL, pidfd.number(), signal, 0, 0),
                pidfd);
    }

    /// kill(2).
    ///
    /// @return false when there is no such process
    public static boolean kill(int pid, int signal) {
        return sent(Syscall.restarting(SyscallNumbers.KILL, pid, signal), pid);
    }

    /// Waits for a child to end and reaps it. Blocks its thread: first wait for the pidfd, or use a
    /// platform thread.
    public static Waited waitPid(int pid) {
        return wait4(pid, 0).orElseThrow();
    }

    /// Reaps a child that has ended; empty while it runs.
    ///
    /// @throws ErrnoException ECHILD when it is no (unreaped) child of this process
    public static Optional<Waited> tryWaitPid(int pid) {
        return wait4(pid, WNOHANG);
    }

    /// When the process started, in clock ticks since boot: pid and this together name a process
    /// for good. Empty when there is no such process. Source: proc_pid_stat(5), field 22.
    public static OptionalLong startTicks(int pid) {
        Optional<String> stat = ProcFiles.tryRead("/proc/" + pid + "/stat");
        if (stat.isEmpty()) {
            return OptionalLong.empty();
        }
        // the name in field 2 may hold spaces and parentheses itself
        String[] fields = stat.get().substring(stat.get().lastIndexOf(')') + 2).split(" ");
        return OptionalLong.of(Long.parseLong(fields[19]));
    }

    /// The parent's pid; empty when there is no such process.
    public static OptionalLong parentOf(int pid) {
        Optional<String> stat = ProcFiles.tryRead("/proc/" + pid + "/stat");
        return stat.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        Long.parseLong(
                                stat.get()
                                        .substring(stat.get().lastIndexOf(')') + 2)
                                        .split(" ")[1]));
    }

    private static boolean sent(long result, Object target) {
        if (result == -Errno.ESRCH) {
            return false;
        }
        Syscall.check("kill", target, result);
        return true;
    }

    private static Optional<Waited> wait4(int pid, int options) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(8, 8);
            MemorySegment usage = arena.allocate(144, 8);
            long result =
                    Syscall.call(
                            "wait4",
                            pid,
                            SyscallNumbers.WAIT4,
                            pid,
                            status.address(),
                            options,
                            usage.address());
            return result == 0
                    ? Optional.empty()
                    : Optional.of(
                            new Waited(
                                    (int) result,
                                    status.get(Memory.INT, 0),
                                    micros(usage, 0),
                                    micros(usage, 16)));
        }
    }

    private static long micros(MemorySegment timeval, long offset) {
        return timeval.get(Memory.LONG, offset) * 1_000_000 + timeval.get(Memory.LONG, offset + 8);
    }
}
