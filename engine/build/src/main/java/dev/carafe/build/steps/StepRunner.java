package dev.carafe.build.steps;

/// Runs the containers of RUN steps. Implemented on the engine; thread-safe.
@FunctionalInterface
public interface StepRunner {
    /// Makes the container, not started; its writable root is the snapshot with the container's id
    /// as key.
    ///
    /// @throws dev.carafe.base.CarafeException what keeps the container from being made
    StepContainer create(StepSpec spec);
}
