package dev.carafe.runtime;

/// What became of an exec while nobody watched; as {@link Recovered}.
public sealed interface RecoveredExec {
    record Live(ExecHandle handle) implements RecoveredExec {}

    record Ended(Exit exit) implements RecoveredExec {}

    record Lost(String why) implements RecoveredExec {}
}
