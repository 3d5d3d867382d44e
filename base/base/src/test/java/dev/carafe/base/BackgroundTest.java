package dev.carafe.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BackgroundTest {
    private final List<Integer> done = new CopyOnWriteArrayList<>();

    @Test
    void closingFinishesInOrder() {
        Background background = new Background("test");
        for (int i = 0; i < 100; i++) {
            int piece = i;
            assertThat(background.add(() -> done.add(piece))).isTrue();
        }
        background.close();
        assertThat(done).hasSize(100).isSorted();
        assertThat(background.add(() -> done.add(-1))).isFalse();
        assertThat(done).doesNotContain(-1);
    }

    @Test
    void aPieceThatFailsKeepsNoOtherFromBeingDone() {
        try (Background background = new Background("test")) {
            background.add(() -> {
                throw new IllegalStateException("the first");
            });
            background.add(() -> done.add(2));
        }
        assertThat(done).containsExactly(2);
    }

    @Test
    void abandoningWaitsForThePieceUnderWayOnly() throws InterruptedException {
        Background background = new Background("test");
        CountDownLatch under = new CountDownLatch(1);
        background.add(() -> {
            under.countDown();
            Thread.yield();
            done.add(1);
        });
        for (int i = 0; i < 1000; i++) {
            background.add(() -> done.add(2));
        }
        under.await();
        background.abandon();
        assertThat(done).startsWith(1);
        assertThat(background.add(() -> done.add(3))).isFalse();
        int after = done.size();
        Thread.sleep(20);
        assertThat(done).hasSize(after);
    }
}
