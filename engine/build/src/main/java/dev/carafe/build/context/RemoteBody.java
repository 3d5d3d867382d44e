package dev.carafe.build.context;

import dev.carafe.base.BulkFilter;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// The body of an answer from elsewhere: longer than it may be, or silent for too long, it ends
/// with an error. Not thread-safe.
public final class RemoteBody extends BulkFilter {
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final long maxBytes;
    private final Duration silence;
    private final Thread watch;
    private volatile long lastNanos = System.nanoTime();
    private volatile boolean silent;
    private volatile boolean over;
    private long bytes;

    public RemoteBody(InputStream in, long maxBytes) {
        this(in, maxBytes, SILENCE);
    }

    RemoteBody(InputStream in, long maxBytes, Duration silence) {
        super(in);
        this.maxBytes = maxBytes;
        this.silence = silence;
        this.watch = Thread.ofVirtual().name("remote body").start(this::watch);
    }

    /// Closing it is what wakes a reader up.
    private void watch() {
        try {
            while (!over) {
                long left = silence.toNanos() - (System.nanoTime() - lastNanos);
                if (left <= 0) {
                    silent = true;
                    in.close();
                    return;
                }
                Thread.sleep(Duration.ofNanos(left));
            }
        } catch (InterruptedException | IOException e) {
            over = true;
        }
    }

    /// @throws IOException also when nothing came for too long, or too much
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int n;
        try {
            n = in.read(target, offset, length);
        } catch (IOException e) {
            throw silent ? tooSilent() : e;
        }
        if (silent) {
            throw tooSilent();
        }
        lastNanos = System.nanoTime();
        bytes += Math.max(0, n);
        if (bytes > maxBytes) {
            throw new IOException("it is longer than " + maxBytes + " bytes");
        }
        return n;
    }

    private IOException tooSilent() {
        return new IOException("nothing came for " + silence.toSeconds() + " seconds");
    }

    @Override
    public void close() throws IOException {
        over = true;
        watch.interrupt();
        super.close();
    }
}
