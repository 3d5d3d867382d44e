package dev.carafe.network.relay;

import dev.carafe.linux.Rlimits;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.function.Consumer;

/// How many connections all relays may have together, so that they never take the descriptors that
/// containers need. Who finds no place waits for one; clients wait with it. Thread-safe.
final class Places {
    private static final String NOFILE = "RLIMIT_NOFILE";
    private static final int MOST = 8192;
    private static final int DESCRIPTORS_OF_ONE = 2;

    private final Consumer<Runnable> later;
    private final SequencedSet<Runnable> waiting = new LinkedHashSet<>();
    private int free;

    Places(Consumer<Runnable> later) {
        this(later, most());
    }

    Places(Consumer<Runnable> later, int most) {
        this.later = later;
        this.free = most;
    }

    /// At most half of the process' descriptors.
    private static int most() {
        long all = Rlimits.get(0, Rlimits.number(NOFILE).orElseThrow()).soft();
        long half = all < 0 ? MOST : all / DESCRIPTORS_OF_ONE / 2;
        return (int) Math.min(MOST, half);
    }

    /// @param again is run when there may be a place, if there is none now
    synchronized boolean take(Runnable again) {
        if (take()) {
            return true;
        }
        waiting.add(again);
        return false;
    }

    /// @return whether there was one
    synchronized boolean take() {
        if (free == 0) {
            return false;
        }
        free--;
        return true;
    }

    /// It waits no more.
    synchronized void forget(Runnable again) {
        waiting.remove(again);
    }

    synchronized void giveBack() {
        free++;
        if (!waiting.isEmpty()) {
            later.accept(waiting.removeFirst());
        }
    }
}
