package dev.carafe.engine.container;

/// Is told when containers begin and cease to run. The container's lock is held meanwhile, so
/// neither call may wait for anything.
public interface RunObserver {
    /// It was started or thawed, or was found running by this engine.
    void running(Container container);

    /// It has ended, or is frozen.
    void halted(Container container);
}
