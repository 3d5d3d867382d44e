package dev.carafe.engine.top;

import dev.carafe.linux.ProcFiles;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// What processes were started with. proc_pid_cmdline(5).
final class CommandLines {
    private static final int TRIES = 20;
    private static final long PAUSE_NANOS = 500_000;

    private CommandLines() {}

    /// The words with blanks between. For a moment of execve(2) a process has none: who asks then
    /// waits for it, some milliseconds at most, as there are programs that have wiped out theirs.
    ///
    /// @param ended nothing is to be waited for
    /// @return empty: it has none
    static String of(int pid, boolean ended) {
        return of(() -> read(pid), ended);
    }

    static String of(Supplier<String> reading, boolean ended) {
        String line = reading.get();
        for (int i = 0; line.isEmpty() && !ended && i < TRIES; i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            line = reading.get();
        }
        return line;
    }

    private static String read(int pid) {
        return ProcFiles.tryRead("/proc/" + pid + "/cmdline").orElse("").replace('\0', ' ').strip();
    }
}
