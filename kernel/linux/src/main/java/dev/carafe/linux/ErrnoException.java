package dev.carafe.linux;

import org.jspecify.annotations.Nullable;

/// A system call that failed: which one, with what operands, and the kernel's error number. The
/// message reads `openat2 /etc/passwd: Permission denied (errno 13)`. A room above translates it
/// once, at its own edge.
public final class ErrnoException extends RuntimeException {
    private final String call;
    private final int errno;
    private final String operands;

    public ErrnoException(String call, int errno, String operands) {
        this(call, errno, operands, null);
    }

    public ErrnoException(String call, int errno, String operands, @Nullable Throwable cause) {
        super(
                call
                        + (operands.isEmpty() ? "" : " " + operands)
                        + ": "
                        + Errno.text(errno)
                        + " (errno "
                        + errno
                        + ")",
                cause);
        this.call = call;
        this.errno = errno;
        this.operands = operands;
    }

    /// The call by its man-page name.
    public String call() {
        return call;
    }

    /// The error number, a constant of {@link Errno}.
    public int errno() {
        return errno;
    }

    /// What the call was about, for people.
    public String operands() {
        return operands;
    }

    /// The kernel's text alone: `Permission denied`.
    public String errorText() {
        return Errno.text(errno);
    }
}
