package dev.carafe.linux;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// An open file descriptor that is closed exactly once by its owner. Every descriptor made in this
/// room is close-on-exec. Closing is idempotent and thread-safe; using one that another thread
/// closes meanwhile is not.
public final class Fd implements AutoCloseable {
    /// The working directory for *at calls (AT_FDCWD). Closing it does nothing.
    public static final Fd CWD = new Fd(-100);

    private static final int CLOSED = -1;
    private static final int F_DUPFD_CLOEXEC = 1030;

    private final AtomicInteger number;

    private Fd(int number) {
        this.number = new AtomicInteger(number);
    }

    /// Takes ownership of an open descriptor.
    ///
    /// @throws IllegalArgumentException for a negative number
    public static Fd own(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("not a file descriptor: " + number);
        }
        return new Fd(number);
    }

    static Fd own(long result) {
        return own(Math.toIntExact(result));
    }

    /// The number.
    ///
    /// @throws IllegalStateException when closed
    public int number() {
        int n = number.get();
        if (n == CLOSED) {
            throw new IllegalStateException("the file descriptor is closed");
        }
        return n;
    }

    public boolean isOpen() {
        return number.get() != CLOSED;
    }

    /// `/proc/self/fd/N`: the open file itself as a path for this process, also of a detached mount
    /// or an O_PATH fd.
    public Path procPath() {
        return Path.of("/proc/self/fd/" + number());
    }

    /// A second descriptor of the same open file, close-on-exec, with a number of at least `min`.
    public Fd dupAbove(int min) {
        return own(
                Syscall.call("fcntl", this, SyscallNumbers.FCNTL, number(), F_DUPFD_CLOEXEC, min));
    }

    public Fd dup() {
        return dupAbove(3);
    }

    /// This descriptor when its number is at least `min`, else a duplicate above it; then this one
    /// is closed.
    public Fd moveAbove(int min) {
        if (number() >= min) {
            return this;
        }
        try (this) {
            return dupAbove(min);
        }
    }

    /// Gives up ownership: the caller closes the number now.
    public int release() {
        int n = number();
        number.set(CLOSED);
        return n;
    }

    /// Closes it; the second call does nothing. Errors are dropped: Linux has freed the number all
    /// the same (close(2)), and who needs to know about lost writes calls fsync.
    @Override
    public void close() {
        if (this == CWD) {
            return;
        }
        int n = number.getAndSet(CLOSED);
        if (n >= 0) {
            Syscall.raw(SyscallNumbers.CLOSE, n);
        }
    }

    @Override
    public String toString() {
        int n = number.get();
        return n == CLOSED ? "fd closed" : n == -100 ? "cwd" : "fd " + n;
    }
}
