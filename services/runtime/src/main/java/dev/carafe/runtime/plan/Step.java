package dev.carafe.runtime.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One system call of a plan and what follows it. The methods change the step and return it, for
/// use in a row.
public final class Step {
    /// {@link #tolerate} this to go on after whatever error.
    public static final int ANY_ERROR = 255;

    private static final int MAX_TOLERATED = 3;

    private final int index;
    private final String label;
    private final int number;
    private final long[] args;
    private final long resultAddress;
    private final List<Integer> tolerated = new ArrayList<>();
    private int indirect;
    private @Nullable Mark onError;
    private @Nullable Mark onZero;
    private @Nullable Mark onPositive;
    private @Nullable String words;

    Step(int index, String label, int number, long[] args, long resultAddress) {
        if (args.length > 6) {
            throw new IllegalArgumentException(label + ": a system call has at most 6 arguments");
        }
        this.index = index;
        this.label = label;
        this.number = number;
        this.args = args;
        this.resultAddress = resultAddress;
    }

    /// Argument `position` is the address of the value, such as another step's {@link #result}.
    public Step indirect(int position) {
        indirect |= 1 << position;
        return this;
    }

    /// These errors count as done; the next step follows.
    public Step tolerate(int... errors) {
        for (int error : errors) {
            if (tolerated.size() == MAX_TOLERATED || error < 1 || error > ANY_ERROR) {
                throw new IllegalStateException(label + ": can't tolerate " + error);
            }
            tolerated.add(error);
        }
        return this;
    }

    /// Where to go on after an error that is not tolerated, instead of reporting it.
    public Step onError(Mark mark) {
        onError = mark;
        return this;
    }

    /// Where to go on after the result 0.
    public Step onZero(Mark mark) {
        onZero = mark;
        return this;
    }

    /// Where to go on after a result above 0.
    public Step onPositive(Mark mark) {
        onPositive = mark;
        return this;
    }

    /// What to tell people when the step fails, instead of the label and the error's text.
    public Step says(String sentence) {
        words = sentence;
        return this;
    }

    /// The address of the call's result, 64 bits.
    public long result() {
        return resultAddress;
    }

    public int index() {
        return index;
    }

    /// What the step is for: `mount proc on /proc`.
    public String label() {
        return label;
    }

    public @Nullable String words() {
        return words;
    }

    int number() {
        return number;
    }

    long arg(int position) {
        return position < args.length ? args[position] : 0;
    }

    int indirectBits() {
        return indirect;
    }

    int tolerated(int position) {
        return position < tolerated.size() ? tolerated.get(position) : 0;
    }

    int jumpOnError() {
        return onError == null ? 0 : onError.index();
    }

    int jumpOnZero() {
        return onZero == null ? 0 : onZero.index();
    }

    int jumpOnPositive() {
        return onPositive == null ? 0 : onPositive.index();
    }
}
