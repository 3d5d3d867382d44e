package dev.carafe.engine.state;

/// How a container or exec ended.
public sealed interface ExitStatus {
    /// It exited by itself, 0 to 255.
    record Code(int code) implements ExitStatus {}

    /// A signal ended it.
    record Signal(int signal, boolean oomKilled) implements ExitStatus {}

    /// It never ran.
    ///
    /// @param code 126 not executable, 127 not found, 128 anything else
    /// @param reason shown as State.Error
    record NeverStarted(int code, String reason) implements ExitStatus {}

    /// Its monitor is gone and left no word (host reboot, monitor killed): Docker says 255.
    record Lost(String reason) implements ExitStatus {}

    /// As a shell shows it: 128+n for signal n.
    default int shellCode() {
        return switch (this) {
            case Code c -> c.code();
            case Signal s -> 128 + s.signal();
            case NeverStarted n -> n.code();
            case Lost l -> 255;
        };
    }

    /// What State.Error shows; empty when it ran.
    default String error() {
        return switch (this) {
            case NeverStarted n -> n.reason();
            case Lost l -> l.reason();
            case Code c -> "";
            case Signal s -> "";
        };
    }

    default boolean oomKilled() {
        return this instanceof Signal s && s.oomKilled();
    }
}
