package dev.carafe.snapshots.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class MeasuredSizesTest {
    private Duration now = Duration.ofHours(1);
    private final AtomicInteger walks = new AtomicInteger();
    private final MeasuredSizes sizes = new MeasuredSizes(() -> now);

    private LongSupplier walk(long bytes, Duration duration) {
        return () -> {
            walks.incrementAndGet();
            now = now.plus(duration);
            return bytes;
        };
    }

    @Test
    void smallTreesAreWalkedEachTime() {
        assertThat(sizes.of("a", walk(1, Duration.ofMillis(99)))).isEqualTo(1);
        assertThat(sizes.of("a", walk(2, Duration.ofMillis(99)))).isEqualTo(2);
        assertThat(walks).hasValue(2);
    }

    @Test
    void largeTreesRestForManyTimesTheirWalk() {
        assertThat(sizes.of("a", walk(1, Duration.ofSeconds(1)))).isEqualTo(1);
        now = now.plusMillis(19_999);
        assertThat(sizes.of("a", walk(2, Duration.ofSeconds(1)))).isEqualTo(1);
        now = now.plusMillis(1);
        assertThat(sizes.of("a", walk(3, Duration.ofSeconds(30)))).isEqualTo(3);
        now = now.plusMillis(59_999);
        assertThat(sizes.of("a", walk(4, Duration.ZERO))).isEqualTo(3);
        now = now.plusMillis(1);
        assertThat(sizes.of("a", walk(5, Duration.ZERO))).isEqualTo(5);
        assertThat(walks).hasValue(3);
    }

    @Test
    void eachTreeHasItsOwnSize() {
        sizes.of("a", walk(1, Duration.ofSeconds(1)));
        assertThat(sizes.of("b", walk(2, Duration.ofSeconds(1)))).isEqualTo(2);
        assertThat(sizes.of("a", walk(3, Duration.ofSeconds(1)))).isEqualTo(1);
    }

    @Test
    void whoAsksMeanwhileGetsTheWalkUnderWay() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        LongSupplier slow =
                () -> {
                    walks.incrementAndGet();
                    begun.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return 7;
                };
        CompletableFuture<Long> first = CompletableFuture.supplyAsync(() -> sizes.of("a", slow));
        begun.await();
        List<Thread> asking = new ArrayList<>();
        List<CompletableFuture<Long>> results = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Long> result = new CompletableFuture<>();
            results.add(result);
            asking.add(Thread.ofPlatform().start(() -> result.complete(sizes.of("a", slow))));
        }
        for (Thread thread : asking) {
            while (thread.getState() == Thread.State.RUNNABLE
                    || thread.getState() == Thread.State.NEW) {
                Thread.onSpinWait();
            }
        }
        go.countDown();
        assertThat(first.join()).isEqualTo(7);
        assertThat(results).allSatisfy(r -> assertThat(r.join()).isEqualTo(7));
        assertThat(walks).hasValue(1);
    }

    @Test
    void aFailureIsNotKept() {
        assertThatThrownBy(() ->
                        sizes.of(
                                "a",
                                () -> {
                                    throw new IllegalArgumentException("no");
                                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(sizes.of("a", walk(1, Duration.ZERO))).isEqualTo(1);
    }
}
