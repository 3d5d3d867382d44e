package dev.carafe.dockerapi.routes;

import dev.carafe.base.CarafeException;
import dev.carafe.base.Ids;
import dev.carafe.dockerapi.http.Errors;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockermodel.ErrorDetail;
import dev.carafe.dockermodel.ProgressDetail;
import dev.carafe.dockermodel.ProgressMessage;
import dev.carafe.images.LoadProgress;
import dev.carafe.oci.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// A progress stream: one JSON object a line with CRLF, sent at once. It begins with its first
/// line, so that an error before that is a plain answer.
final class Progress implements LoadProgress, AutoCloseable {
    private static final long STEP_NANOS = 100_000_000;

    private final LazyOutput out;
    private final Replies replies;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Digest, Long> shown = new HashMap<>();

    Progress(Exchange x, Replies replies) {
        this(replies, () -> x.stream(200, Replies.JSON));
    }

    private Progress(Replies replies, LazyOutput.Begin begin) {
        this.out = new LazyOutput(begin);
        this.replies = replies;
    }

    /// For work that can be silent for long.
    ///
    /// @param gone runs when the client leaves meanwhile
    static Progress live(Exchange x, Replies replies, Runnable gone) {
        return new Progress(replies, () -> x.live(200, Replies.JSON, gone));
    }

    void write(ProgressMessage message) throws IOException {
        lock.lock();
        try {
            byte[] line = replies.line(message);
            byte[] crlf = new byte[line.length + 1];
            System.arraycopy(line, 0, crlf, 0, line.length - 1);
            crlf[line.length - 1] = '\r';
            crlf[line.length] = '\n';
            out.write(crlf);
            out.flush();
        } finally {
            lock.unlock();
        }
    }

    /// A bar for the layer, a few times a second.
    @Override
    public void layer(Digest layer, long current, long total) {
        if (!due(layer, current == total)) {
            return;
        }
        try {
            write(
                    new ProgressMessage(
                            null,
                            "Loading layer",
                            new ProgressDetail(current, total),
                            null,
                            Ids.shortId(layer.hex()),
                            null,
                            null,
                            null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean due(Digest layer, boolean last) {
        long now = System.nanoTime();
        lock.lock();
        try {
            Long before = shown.get(layer);
            if (before != null && now - before < STEP_NANOS && !last) {
                return false;
            }
            shown.put(layer, now);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// What writes the stream.
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /// Runs the work and ends the stream. An error after the first line is told in the stream.
    void run(Work work) throws IOException {
        try {
            work.run();
        } catch (RuntimeException e) {
            if (e instanceof UncheckedIOException || out.giveUp()) {
                throw e;
            }
            tell(e);
        }
        out.whole();
    }

    /// The same where every error is told in the stream, the first line or not.
    void runBegun(Work work) throws IOException {
        run(() -> {
            try {
                work.run();
            } catch (CarafeException e) {
                tell(e);
            }
        });
    }

    private void tell(RuntimeException e) throws IOException {
        String text = Errors.message(e);
        write(
                new ProgressMessage(
                        null, null, null, null, null, text, new ErrorDetail(null, text), null));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
