package dev.carafe.engine.streams;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.EventLoop;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Pipes;
import dev.carafe.runtime.Stdio;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The stdin of one process: writes wait for room on the event loop. Thread-safe.
final class Connection {
    private static final long CHECK_SECONDS = 5;
    private final EventLoop loop;
    private final Stdio stdio;
    private final Runnable closeStdin;
    private final Object writing = new Object();
    private volatile boolean stdinClosed;
    private volatile CompletableFuture<Boolean> room = new CompletableFuture<>();

    Connection(EventLoop loop, Stdio stdio, Runnable closeStdin) {
        this.loop = loop;
        this.stdio = stdio;
        this.closeStdin = closeStdin;
        this.stdinClosed = stdio.stdin() == null;
    }

    /// Blocks until the process' pipe has taken all.
    ///
    /// @throws IOException stdin is closed
    void write(byte[] data, int offset, int length) throws IOException {
        synchronized (writing) {
            int done = 0;
            while (done < length) {
                Fd stdin = stdio.stdin();
                if (stdinClosed || stdin == null) {
                    throw new IOException("stdin is closed");
                }
                int n = write(stdin, data, offset + done, length - done);
                done += n;
                if (n == 0) {
                    awaitRoom(stdin);
                }
            }
        }
    }

    private static int write(Fd stdin, byte[] data, int offset, int length) throws IOException {
        try {
            return Pipes.write(stdin, data, offset, length);
        } catch (ErrnoException | IllegalStateException e) {
            throw new IOException("stdin: " + e.getMessage(), e);
        }
    }

    private void awaitRoom(Fd stdin) throws IOException {
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        room = ready;
        try (EventLoop.Registration watch = watch(stdin, ready)) {
            if (!stdinClosed) {
                ready.get(CHECK_SECONDS, TimeUnit.SECONDS);
            }
        } catch (TimeoutException e) {
            // Looks again whether it is still open.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | ErrnoException e) {
            throw new IOException(e);
        }
    }

    private EventLoop.Registration watch(Fd stdin, CompletableFuture<Boolean> ready) {
        return loop.watch(stdin, EventLoop.OUT | EventLoop.ONESHOT, events -> ready.complete(true));
    }

    /// Ends the process' stdin: our end and the monitor's.
    void closeStdin() {
        Fd stdin = stdio.stdin();
        if (stdin == null || stdinClosed) {
            return;
        }
        release();
        synchronized (writing) {
            stdin.close();
            try {
                closeStdin.run();
            } catch (ErrnoException e) {
                if (e.errno() != Errno.ESRCH && e.errno() != Errno.EBADF) {
                    throw e;
                }
            }
        }
    }

    /// Lets a blocked writer go.
    void release() {
        stdinClosed = true;
        room.complete(true);
    }
}
