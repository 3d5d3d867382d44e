package dev.carafe.build.steps;

/// Takes a step's output, both streams in the order in which they came. The array must not be kept.
@FunctionalInterface
public interface StepOutput {
    void write(byte[] bytes, int offset, int length);
}
