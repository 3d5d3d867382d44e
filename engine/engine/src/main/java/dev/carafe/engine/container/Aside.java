package dev.carafe.engine.container;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A step under way on a virtual thread while its owner does the next one: mostly a wait for the
/// disk. The owner awaits it before anything is announced, and before it lets go of its lock.
final class Aside {
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private Aside() {}

    static Aside start(Runnable step) {
        Aside aside = new Aside();
        Thread.startVirtualThread(() -> aside.run(step));
        return aside;
    }

    private void run(Runnable step) {
        try {
            step.run();
            done.complete(null);
        } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
    }

    /// Returns when the step is done; throws what it threw. May be called again.
    void await() {
        try {
            done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /// Returns when the step is over, done or failed.
    void settle() {
        done.exceptionally(e -> null).join();
    }
}
