package dev.carafe.build.solve;

import dev.carafe.build.steps.BuildOutput;
import dev.carafe.oci.Digest;
import java.util.ArrayList;
import java.util.List;

/// Gives out what stages tell that run side by side as if they ran one after the other: the first
/// unfinished one speaks, the others' words wait. Thread-safe.
final class OutputQueue {
    private final BuildOutput out;
    private final List<List<Told>> waiting = new ArrayList<>();
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
            public void write(boolean stderr, byte[] bytes, int offset, int length) {
                byte[] copy = new byte[length];
                System.arraycopy(bytes, offset, copy, 0, length);
                tell(place, new Told.Words(stderr, copy));
            }

            @Override
            public void image(Digest id) {
                tell(place, new Told.Made(id));
            }
        };
    }

    private sealed interface Told {
        record Words(boolean stderr, byte[] bytes) implements Told {}

        record Made(Digest id) implements Told {}
    }

    private synchronized void tell(int place, Told what) {
        if (place == head) {
            give(what);
        } else {
            waiting.get(place).add(what);
        }
    }

    private void give(Told what) {
        switch (what) {
            case Told.Words(boolean stderr, byte[] bytes) ->
                    out.write(stderr, bytes, 0, bytes.length);
            case Told.Made(Digest id) -> out.image(id);
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
