package dev.carafe.dockerapi.routes;

import dev.carafe.base.DeadlineExceeded;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Contexts that a client sends by a request of their own, beside that of their build. Thread-safe.
final class PostedUploads {
    private static final long PATIENCE_SECONDS = 5;
    private static final long BUILD_HOURS = 24;

    private final Map<String, CompletableFuture<InputStream>> waiting = new ConcurrentHashMap<>();

    private CompletableFuture<InputStream> of(String build) {
        return waiting.computeIfAbsent(build, none -> new CompletableFuture<>());
    }

    /// Offers a context to its build, and waits until that has read it.
    ///
    /// @throws DeadlineExceeded when no build takes it
    void offer(String build, InputStream body) {
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        of(build)
                .complete(
                        new FilterInputStream(body) {
                            @Override
                            public int read(byte[] bytes, int offset, int length)
                                    throws IOException {
                                taken.countDown();
                                return super.read(bytes, offset, length);
                            }

                            @Override
                            public void close() {
                                taken.countDown();
                                read.countDown();
                            }
                        });
        try {
            if (!taken.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new DeadlineExceeded("no build takes the context of " + build);
            }
            if (!read.await(BUILD_HOURS, TimeUnit.HOURS)) {
                throw new DeadlineExceeded("the context of " + build + " was not read in a day");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.remove(build);
        }
    }

    /// The context of a build; closing it lets the request go that it came by.
    ///
    /// @throws DeadlineExceeded when it does not come
    InputStream await(String build) {
        try {
            return of(build).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            waiting.remove(build);
            throw new DeadlineExceeded("the context of " + build + " did not come");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeadlineExceeded("the context of " + build + " did not come");
        }
    }
}
