package dev.carafe.base;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A step under way on a virtual thread while its owner does the next one: mostly a wait for the
/// disk. The owner awaits it before anything is announced, and before it lets go of its lock.
///
/// @param <T> what the step makes
public final class Aside<T> {
    private final CompletableFuture<T> done = new CompletableFuture<>();

    private Aside() {}

    public static Aside<Boolean> start(Runnable step) {
        return make(() -> {
            step.run();
            return true;
        });
    }

    public static <T> Aside<T> make(Supplier<T> step) {
        Aside<T> aside = new Aside<>();
        Thread.startVirtualThread(() -> aside.run(step));
        return aside;
    }

    private void run(Supplier<T> step) {
        try {
            done.complete(step.get());
        } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
    }

    /// Returns when the step is done; throws what it threw. May be called again.
    public T await() {
        try {
            return done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /// Returns when the step is over, done or failed.
    public void settle() {
        done.handle((made, failure) -> true).join();
    }

    /// The same, and undoes what was made.
    public void settle(Consumer<T> undo) {
        settle();
        if (!done.isCompletedExceptionally()) {
            undo.accept(done.join());
        }
    }
}
