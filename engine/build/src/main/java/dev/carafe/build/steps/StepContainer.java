package dev.carafe.build.steps;

/// The container of one RUN step. Closing removes it, running or not.
public interface StepContainer extends AutoCloseable {
    String id();

    /// Starts it, hands its output over, and waits for its end.
    ///
    /// @return the exit code
    /// @throws dev.carafe.base.CarafeException when it can't be started
    int run(StepOutput output);

    /// Ends the process from another thread; {@link #run} then returns soon.
    void kill();

    /// Leaves it where it is, ended, for somebody to look at; instead of closing it.
    default void keep() {}

    @Override
    void close();
}
