package dev.carafe.daemon;

/// Gives memory back when the daemon has nothing to do. The serial collector shrinks its heap only
/// at a full collection, and an idle daemon never comes to one: after a burst of work it would keep
/// what the burst needed. A full collection of an idle daemon takes some 10 ms.
final class IdleHeap {
    /// Bytes; what is free below this isn't worth a collection.
    private static final long WORTH = 8L << 20;

    /// Bytes; who allocates less between two looks is idle.
    private static final long IDLE = 1L << 20;

    private final Memory memory;
    private long lastUsed = -1;

    /// Whether something happened since the last collection of ours; a start is work.
    private boolean worked = true;

    /// The heap's sizes in bytes, and its collector.
    interface Memory {
        long committed();

        long free();

        void collect();
    }

    IdleHeap(Memory memory) {
        this.memory = memory;
    }

    static IdleHeap ofThisJvm() {
        Runtime runtime = Runtime.getRuntime();
        return new IdleHeap(
                new Memory() {
                    @Override
                    public long committed() {
                        return runtime.totalMemory();
                    }

                    @Override
                    public long free() {
                        return runtime.freeMemory();
                    }

                    @Override
                    public void collect() {
                        runtime.gc();
                    }
                });
    }

    /// Looks once; to be called again and again, seconds apart.
    void look() {
        long used = memory.committed() - memory.free();
        // Less than before: the collector came, so there was work.
        boolean idle = lastUsed >= 0 && used >= lastUsed && used - lastUsed < IDLE;
        if (!idle) {
            worked |= lastUsed >= 0;
        } else if (worked && memory.free() > WORTH) {
            memory.collect();
            worked = false;
            used = memory.committed() - memory.free();
        }
        lastUsed = used;
    }
}
