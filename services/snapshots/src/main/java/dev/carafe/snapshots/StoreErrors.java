package dev.carafe.snapshots;

import dev.carafe.base.CarafeException;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.ResourceExhausted;
import dev.carafe.base.Subject;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.ZipException;

/// This room's edge: what the kernel and java.nio throw, in words of the house.
final class StoreErrors {
    private StoreErrors() {}

    /// Work that meets the kernel.
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /// Runs the work; `doing` says what it was about, `prepare snapshot x`.
    static <T> T translating(String doing, Work<T> work) {
        try {
            return work.run();
        } catch (ErrnoException e) {
            throw of(doing, e);
        } catch (IOException e) {
            throw of(doing, e);
        }
    }

    /// Work that writes to the caller's stream.
    @FunctionalInterface
    interface Writing {
        void run() throws IOException;
    }

    /// The same for work that writes to the caller's stream, whose own failures stay what they are.
    ///
    /// @throws UncheckedIOException when the stream fails
    static void writing(String doing, Writing work) {
        try {
            work.run();
        } catch (ErrnoException e) {
            throw of(doing, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CarafeException of(String doing, ErrnoException e) {
        // in Go's letters: clients look for these words
        return e.errno() == Errno.ENOSPC || e.errno() == Errno.EDQUOT
                ? new ResourceExhausted(
                        Subject.NONE, doing + ": " + e.errorText().toLowerCase(Locale.ROOT), e)
                : new Internal(Subject.NONE, doing + ": " + e.getMessage(), e);
    }

    static CarafeException of(String doing, IOException e) {
        String message = e.getMessage();
        return message != null && message.contains("No space left on device")
                ? new ResourceExhausted(Subject.NONE, doing + ": no space left on device", e)
                : new Internal(Subject.NONE, doing + ": " + e, e);
    }

    /// The caller's stream failed: cut short or badly compressed is its maker's fault, all else the
    /// system's.
    static CarafeException ofStream(IOException e) {
        return e instanceof EOFException || e instanceof ZipException
                ? new InvalidArgument(Subject.NONE, "unreadable layer stream: " + e.getMessage(), e)
                : new Internal(Subject.NONE, "read the layer stream: " + e, e);
    }
}
