package dev.carafe.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdleHeapTest {
    private static final class Heap implements IdleHeap.Memory {
        long committed = 50L << 20;
        long used = 20L << 20;
        int collections;

        @Override
        public long committed() {
            return committed;
        }

        @Override
        public long free() {
            return committed - used;
        }

        @Override
        public void collect() {
            collections++;
            used = 10L << 20;
        }
    }

    private final Heap heap = new Heap();
    private final IdleHeap idle = new IdleHeap(heap);

    @Test
    void collectsOnceWhenTheWorkIsOver() {
        looks(2);
        assertThat(heap.collections).isEqualTo(1);
        looks(5);
        assertThat(heap.collections).isEqualTo(1);
    }

    @Test
    void leavesABusyDaemonAlone() {
        for (int i = 0; i < 5; i++) {
            idle.look();
            heap.used += 2L << 20;
        }
        assertThat(heap.collections).isZero();
    }

    @Test
    void collectsAgainAfterNewWork() {
        looks(2);
        heap.used += 20L << 20;
        looks(2);
        assertThat(heap.collections).isEqualTo(2);
    }

    @Test
    void takesACollectionInBetweenForWork() {
        looks(2);
        heap.used = 5L << 20;
        looks(2);
        assertThat(heap.collections).isEqualTo(2);
    }

    @Test
    void leavesASmallHeapAlone() {
        heap.committed = heap.used + (4L << 20);
        looks(4);
        assertThat(heap.collections).isZero();
    }

    private void looks(int times) {
        for (int i = 0; i < times; i++) {
            idle.look();
        }
    }
}
