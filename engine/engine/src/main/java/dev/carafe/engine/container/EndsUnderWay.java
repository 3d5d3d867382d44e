package dev.carafe.engine.container;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for containers that have ended but still hold their addresses and ports. A client that saw
/// the end may ask for these at once. No end waits for another container, so this is no circle.
public final class EndsUnderWay {
    private static final long LONGEST_SECONDS = 10;
    private final Containers containers;

    public EndsUnderWay(Containers containers) {
        this.containers = containers;
    }

    /// @return whether there was anything to wait for
    public boolean await() {
        List<CompletableFuture<Void>> ends =
                containers.all().stream()
                        .map(Container::ending)
                        .filter(end -> !end.isDone())
                        .toList();
        if (ends.isEmpty()) {
            return false;
        }
        try {
            CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new))
                    .get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // What is asked for next says what is still held.
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
