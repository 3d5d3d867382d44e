package dev.carafe.engine.container;

import dev.carafe.base.DataLoss;
import dev.carafe.runtime.Exit;
import org.jspecify.annotations.Nullable;

/// Reads how a handle's `exited` future was completed.
public final class Exits {
    private Exits() {}

    /// Whether the process has ended. It has not when the future failed because this engine let go
    /// of the handle: the process lives on, and the next engine takes it up.
    ///
    /// @param exit null when the future failed
    /// @param failure DataLoss when the process ended and its status is lost
    public static boolean isOver(@Nullable Exit exit, @Nullable Throwable failure) {
        return exit != null
                || failure instanceof DataLoss
                || (failure != null && failure.getCause() instanceof DataLoss);
    }
}
