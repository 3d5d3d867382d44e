package dev.carafe.runtime;

import dev.carafe.linux.Errno;
import java.util.Locale;

/// A step of starting a process failed. The message is for people and, where docker has words for
/// the case, docker's: `exec: "nope": executable file not found in $PATH`.
public final class StartFailed extends RuntimeException {
    private final String step;
    private final int errno;

    public StartFailed(String step, int errno, String message) {
        super(message);
        this.step = step;
        this.errno = errno;
    }

    public StartFailed(String step, int errno) {
        this(step, errno, step + ": " + Errno.text(errno).toLowerCase(Locale.ROOT));
    }

    /// What was being done, as `mount proc on /proc`.
    public String step() {
        return step;
    }

    /// The kernel's error number.
    public int errno() {
        return errno;
    }
}
