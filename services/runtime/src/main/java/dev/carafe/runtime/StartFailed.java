package dev.carafe.runtime;

import dev.carafe.linux.Errno;
import java.util.Locale;

/// A step of starting a process failed. The message is for people and, where docker has words for
/// the case, docker's: `exec: "nope": executable file not found in $PATH`.
public final class StartFailed extends RuntimeException {
    private final String step;
    private final int errno;
    private final boolean external;

    public StartFailed(String step, int errno, String message) {
        this(step, errno, message, false);
    }

    private StartFailed(String step, int errno, String message, boolean external) {
        super(message);
        this.external = external;
        this.step = step;
        this.errno = errno;
    }

    public StartFailed(String step, int errno) {
        this(step, errno, step + ": " + Errno.text(errno).toLowerCase(Locale.ROOT));
    }

    /// Another runtime's words, with all that docker puts around them.
    static StartFailed external(String step, String message) {
        return new StartFailed(step, 0, message, true);
    }

    /// Whether the message is a whole sentence of another runtime.
    public boolean isExternal() {
        return external;
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
