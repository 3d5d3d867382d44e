package dev.carafe.runtime;

/// What became of a container while nobody watched.
public sealed interface Recovered {
    /// Its monitor lives. The container may have ended all the same: then `handle.exited()` is
    /// complete, its streams may hold output, and `release` is still due.
    ///
    /// @param started false when it was created and waits for `start`
    record Live(ContainerHandle handle, boolean started) implements Recovered {}

    /// It ended and its monitor is gone; streams are gone too.
    record Ended(Exit exit) implements Recovered {}

    /// Nothing is known: the machine was restarted or the monitor killed. `why` is a sentence for
    /// logs.
    ///
    /// @param started false when its program is known not to have run
    record Lost(String why, boolean started) implements Recovered {}
}
