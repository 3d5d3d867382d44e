package dev.carafe.cli.terminal;

import java.util.function.Consumer;
import sun.misc.Signal;

/// Signals sent to this process. Those that the JVM keeps for itself (QUIT, USR1 on some systems)
/// are skipped.
public final class Signals {
    private Signals() {}

    /// Calls the handler with the signal's name without SIG (`INT`), on a thread of the JVM.
    public static void handle(Consumer<String> handler, String... names) {
        for (String name : names) {
            try {
                Signal.handle(new Signal(name), signal -> handler.accept(signal.getName()));
            } catch (IllegalArgumentException reserved) {
                // the JVM uses it itself, or the system has none of that name
            }
        }
    }
}
