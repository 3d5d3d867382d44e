package dev.carafe.buildkit.control;

import dev.carafe.buildkit.progress.Failures;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Gives answers, and turns errors into statuses.
final class Replies {
    private static final Logger LOG = System.getLogger(Replies.class.getName());

    private Replies() {}

    /// One answer, made on a thread of its own: a call's other callbacks wait for its thread.
    ///
    /// @param canceled run when the client does not want it any more
    static <T> void later(StreamObserver<T> out, Runnable canceled, Supplier<T> answer) {
        ((ServerCallStreamObserver<T>) out).setOnCancelHandler(canceled);
        Thread.startVirtualThread(Context.current().wrap(() -> one(out, answer)));
    }

    /// One answer, made on this thread.
    static <T> void one(StreamObserver<T> out, Supplier<T> answer) {
        T made;
        try {
            made = answer.get();
        } catch (RuntimeException e) {
            error(out, e);
            return;
        }
        out.onNext(made);
        out.onCompleted();
    }

    static void error(StreamObserver<?> out, RuntimeException e) {
        LOG.log(Level.DEBUG, () -> "a BuildKit call failed: " + Failures.text(e));
        out.onError(e instanceof StatusRuntimeException ? e : Failures.of(e, List.of()));
    }

    /// An observer that blocks whoever writes faster than the client reads.
    static <T> Consumer<T> paced(StreamObserver<T> observer) {
        ServerCallStreamObserver<T> out = (ServerCallStreamObserver<T>) observer;
        Semaphore moved = new Semaphore(0);
        out.setOnReadyHandler(moved::release);
        out.setOnCancelHandler(moved::release);
        return value -> {
            while (!out.isReady() && !out.isCancelled()) {
                moved.acquireUninterruptibly();
            }
            if (out.isCancelled()) {
                throw Status.CANCELLED.asRuntimeException();
            }
            out.onNext(value);
        };
    }
}
