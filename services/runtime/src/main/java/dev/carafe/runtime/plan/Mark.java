package dev.carafe.runtime.plan;

/// A place in a plan to jump to, which may be known before it is reached. Made by {@link
/// LaunchPlan#mark}, put down once by {@link LaunchPlan#place}.
public final class Mark {
    private static final int NOWHERE = -1;

    private int index = NOWHERE;

    Mark() {}

    void placeAt(int step) {
        if (index != NOWHERE) {
            throw new IllegalStateException("the mark is placed already");
        }
        index = step;
    }

    int index() {
        if (index == NOWHERE) {
            throw new IllegalStateException("a jump to a mark that was never placed");
        }
        return index;
    }
}
