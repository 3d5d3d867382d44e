package dev.carafe.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GroupSyncTest {
    private final AtomicInteger syncs = new AtomicInteger();

    @Test
    void aSyncThatBeganAfterTheMarkDoesForAll() {
        GroupSync sync = new GroupSync(syncs::incrementAndGet);
        long first = sync.mark();
        long second = sync.mark();
        sync.reach(first);
        sync.reach(second);
        assertThat(syncs).hasValue(1);
        sync.reach(sync.mark());
        assertThat(syncs).hasValue(2);
    }

    @Test
    void whoComesWhileOneIsUnderWayShareTheNext() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        GroupSync sync =
                new GroupSync(() -> {
                    if (syncs.incrementAndGet() == 1) {
                        begun.countDown();
                        await(go);
                    }
                });
        List<Thread> threads = new ArrayList<>();
        threads.add(Thread.ofVirtual().start(() -> sync.reach(sync.mark())));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 5; i++) {
            long mark = sync.mark();
            threads.add(Thread.ofVirtual().start(() -> sync.reach(mark)));
        }
        go.countDown();
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
        }
        assertThat(syncs).hasValue(2);
    }

    @Test
    void aRefusalIsToldToEverybodyWhoWaitedForIt() {
        GroupSync sync =
                new GroupSync(() -> {
                    if (syncs.incrementAndGet() == 1) {
                        throw new ErrnoException("syncfs", Errno.EIO, "");
                    }
                });
        long mark = sync.mark();
        assertThatThrownBy(() -> sync.reach(mark)).isInstanceOf(ErrnoException.class);
        assertThatThrownBy(() -> sync.reach(mark)).hasMessageContaining("several layers");
        sync.reach(sync.mark());
        assertThat(syncs).hasValue(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
