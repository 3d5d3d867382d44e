package dev.carafe.base;

import java.util.ArrayDeque;
import java.util.Deque;

/// The undo steps of a use case under way. Each acquire pushes its undo at once; {@link #close}
/// runs them newest first unless {@link #keep} was called. Not thread-safe: it belongs to the
/// thread that runs the use case.
///
/// ```
/// try (Undo undo = new Undo()) {
///     Cgroup cgroup = cgroups.create(id);
///     undo.push(cgroup::delete);
///     ...
///     undo.keep();
/// }
/// ```
public final class Undo implements AutoCloseable {
    /// One step back.
    @FunctionalInterface
    public interface Step {
        void run() throws Exception;
    }

    private final Deque<Step> steps = new ArrayDeque<>();

    public void push(Step step) {
        steps.push(step);
    }

    /// All went well: nothing is undone.
    public void keep() {
        steps.clear();
    }

    /// Runs every step even when one fails.
    ///
    /// @throws Internal after the last step, with the failures suppressed in it, when a step failed
    @Override
    public void close() {
        Internal failure = null;
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (Exception e) {
                failure =
                        failure == null ? new Internal("undo failed: " + e.getMessage()) : failure;
                failure.addSuppressed(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
