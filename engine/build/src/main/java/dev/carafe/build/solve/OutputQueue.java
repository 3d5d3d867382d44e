package dev.carafe.build.solve;

import dev.carafe.build.steps.BuildOutput;
import dev.carafe.oci.Digest;
import java.util.ArrayList;
import java.util.List;

/// Gives out what stages tell that run side by side as if they ran one after the other: the first
/// unfinished one speaks, the others' words wait. Thread-safe.
final class OutputQueue {
    private final BuildOutput out;
    private final List<List<Object>> waiting = new ArrayList<>();
    private final boolean[] finished;
    private int head;

    OutputQueue(BuildOutput out, int stages) {
        this.out = out;
        this.finished = new boolean[stages];
        for (int i = 0; i < stages; i++) {
            waiting.add(new ArrayList<>());
        }
    }

    /// The voice of one stage.
    ///
    /// @param place in the order of the stages
    BuildOutput of(int place) {
        return new BuildOutput() {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                byte[] copy = new byte[length];
                System.arraycopy(bytes, offset, copy, 0, length);
                tell(place, copy);
            }

            @Override
            public void image(Digest id) {
                tell(place, id);
            }
        };
    }

    private synchronized void tell(int place, Object what) {
        if (place == head) {
            give(what);
        } else {
            waiting.get(place).add(what);
        }
    }

    private void give(Object what) {
        switch (what) {
            case byte[] bytes -> out.write(bytes, 0, bytes.length);
            case Digest id -> out.image(id);
            default -> throw new IllegalArgumentException("no output: " + what);
        }
    }

    /// The stage has no more to tell.
    synchronized void finish(int place) {
        finished[place] = true;
        while (head < finished.length && finished[head]) {
            head++;
            if (head < finished.length) {
                waiting.get(head).forEach(this::give);
                waiting.get(head).clear();
            }
        }
    }
}
