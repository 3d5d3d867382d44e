package dev.carafe.runtime.steps;

import dev.carafe.linux.Fd;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Which descriptor of ours is which number in the launcher. The fixed numbers are a contract with
/// monitors that are still running from an earlier version: keep them.
///
/// 0 to 2 are the program's. {@link #REPORT} and {@link #START} are used by all, the rest up to
/// {@link #FIRST_FREE} by the monitor alone, those above by the container's first process or the
/// joiner alone.
public final class Descriptors {
    /// Write end of the report pipe.
    public static final int REPORT = 4;

    /// Eventfd: the created container may go on.
    public static final int START = 5;

    /// Read end of the report pipe, held so that no record is lost.
    public static final int REPORT_READ = 6;

    /// Eventfd: the monitor may go.
    public static final int RELEASE = 7;

    /// Eventfd: the monitor shall close {@link #STDIN}.
    public static final int CONTROL = 8;

    /// Write end of stdin's pipe.
    public static final int STDIN = 9;

    /// Read end of stdout's pipe, or the terminal's master.
    public static final int STDOUT = 10;

    public static final int STDERR = 11;
    public static final int OUT_JOURNAL_READ = 12;
    public static final int OUT_JOURNAL_WRITE = 13;
    public static final int ERR_JOURNAL_READ = 14;
    public static final int ERR_JOURNAL_WRITE = 15;

    /// The run directory, for the exit status.
    public static final int RUN_DIR = 16;

    /// The container's mount namespace: held, so that its mounts are taken down after the exit is
    /// known.
    public static final int MOUNT_NAMESPACE = 17;

    /// Signalfd for SIGCHLD.
    public static final int SIGNALS = 18;

    /// The container's devpts, for the terminals of later execs.
    public static final int DEVPTS = 19;

    public static final int FIRST_FREE = 20;

    private final Map<Integer, Fd> descriptors = new TreeMap<>();
    private int next = FIRST_FREE;

    /// Passes `fd` under a fixed number.
    public void put(int number, Fd fd) {
        if (descriptors.put(number, fd) != null) {
            throw new IllegalStateException("descriptor " + number + " is taken");
        }
    }

    /// Passes `fd` under a free number and returns that.
    public int pass(Fd fd) {
        put(next, fd);
        return next++;
    }

    public Map<Integer, Fd> map() {
        return Collections.unmodifiableMap(descriptors);
    }

    /// The highest number used.
    public int highest() {
        return next - 1;
    }
}
