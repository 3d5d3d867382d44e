package dev.carafe.snapshots.tree;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Sizes of trees that take a walk to find out, kept so that nobody who asks again and again keeps
/// the disk busy: a tree that took long is walked again only after many times as long, and who asks
/// while it is walked gets that walk's result. Small trees, all that took below {@link #SHORT}, are
/// walked each time. Thread-safe.
public final class MeasuredSizes {
    static final Duration SHORT = Duration.ofMillis(100);
    private static final int REST = 20;
    private static final Duration OLDEST = Duration.ofMinutes(1);

    private final ConcurrentMap<String, Size> known = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, CompletableFuture<Size>> underWay =
            new ConcurrentHashMap<>();
    private final Supplier<Duration> clock;

    private record Size(long bytes, Duration goodUntil) {}

    public MeasuredSizes() {
        this(() -> Duration.ofNanos(System.nanoTime()));
    }

    /// @param clock the time since a moment that stays
    MeasuredSizes(Supplier<Duration> clock) {
        this.clock = clock;
    }

    /// The bytes of a tree, as old as a minute at most and only where the walk takes its time.
    ///
    /// @param tree its name, never that of another one
    /// @param walk finds the bytes out; its exceptions pass to all who wait for it
    public long of(String tree, LongSupplier walk) {
        Size before = known.get(tree);
        if (before != null && clock.get().compareTo(before.goodUntil()) < 0) {
            return before.bytes();
        }
        CompletableFuture<Size> mine = new CompletableFuture<>();
        CompletableFuture<Size> others = underWay.putIfAbsent(tree, mine);
        if (others != null) {
            return await(others);
        }
        try {
            Size size = measure(tree, walk);
            mine.complete(size);
            return size.bytes();
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(tree, mine);
        }
    }

    private static long await(CompletableFuture<Size> walk) {
        try {
            return walk.join().bytes();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private Size measure(String tree, LongSupplier walk) {
        Duration start = clock.get();
        long bytes = walk.getAsLong();
        Duration end = clock.get();
        Duration took = end.minus(start);
        Duration rest = took.multipliedBy(REST);
        Size size = new Size(bytes, end.plus(rest.compareTo(OLDEST) < 0 ? rest : OLDEST));
        known.values().removeIf(s -> s.goodUntil().compareTo(end) < 0);
        if (took.compareTo(SHORT) >= 0) {
            known.put(tree, size);
        }
        return size;
    }
}
