package dev.carafe.build.steps;

/// Takes a step's output, both streams in the order in which they came. The array must not be kept.
@FunctionalInterface
public interface StepOutput {
    /// @param stderr whether it came from stderr
    void write(boolean stderr, byte[] bytes, int offset, int length);
}
