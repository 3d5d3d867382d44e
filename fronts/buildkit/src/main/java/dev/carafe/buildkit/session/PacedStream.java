package dev.carafe.buildkit.session;

import dev.carafe.base.Canceled;
import dev.carafe.base.Subject;
import dev.carafe.base.Unavailable;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A stream to a session's client that blocks whoever writes faster than the client reads.
final class PacedStream<A, B> implements ClientResponseObserver<A, B> {
    private final Consumer<B> answers;
    private final Semaphore moved = new Semaphore(0);
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private @Nullable ClientCallStreamObserver<A> out;

    /// @param answers takes what the client says, one at a time
    PacedStream(Consumer<B> answers) {
        this.answers = answers;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<A> stream) {
        out = stream;
        stream.setOnReadyHandler(moved::release);
    }

    private ClientCallStreamObserver<A> out() {
        ClientCallStreamObserver<A> stream = out;
        if (stream == null) {
            throw new IllegalStateException("the stream has not begun");
        }
        return stream;
    }

    /// @throws RuntimeException the stream's, when it is over
    void send(A message) {
        while (!out().isReady() && !done.isDone()) {
            moved.acquireUninterruptibly();
        }
        if (done.isCompletedExceptionally()) {
            done.join();
        }
        synchronized (this) {
            out().onNext(message);
        }
    }

    /// @throws RuntimeException the stream's, when it is over
    void checkOpen() {
        if (done.isDone()) {
            done.join();
            throw new Unavailable("the client ended the transfer");
        }
    }

    /// Says that no more comes.
    synchronized void end() {
        out().onCompleted();
    }

    /// Breaks the stream off.
    void cancel(Throwable why) {
        out().cancel("ended", why);
    }

    /// Waits until the client has ended its side.
    ///
    /// @param what for the sentence
    void await(String what) {
        try {
            done.join();
        } catch (CompletionException e) {
            throw failure(what, e);
        }
    }

    static RuntimeException failure(String what, CompletionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        Status status = Status.fromThrowable(cause);
        if (status.getCode() == Status.Code.CANCELLED) {
            return new Canceled("context canceled");
        }
        String why = status.getDescription() == null ? cause.toString() : status.getDescription();
        return new Unavailable(
                new Subject("output", what),
                "failed to send " + what + " to the client: " + why,
                e);
    }

    @Override
    public void onNext(B value) {
        answers.accept(value);
    }

    @Override
    public void onError(Throwable t) {
        done.completeExceptionally(t);
        moved.release();
    }

    @Override
    public void onCompleted() {
        done.complete(true);
        moved.release();
    }
}
