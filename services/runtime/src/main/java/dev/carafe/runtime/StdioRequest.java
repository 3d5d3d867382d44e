package dev.carafe.runtime;

/// The standard streams to make.
///
/// @param terminal a pseudo terminal for all three instead of pipes
/// @param openStdin without a terminal: whether stdin is a pipe, else it is /dev/null
/// @param rows the terminal's size, 0 for none, as columns
public record StdioRequest(boolean terminal, boolean openStdin, int rows, int columns) {
    public static StdioRequest pipes(boolean openStdin) {
        return new StdioRequest(false, openStdin, 0, 0);
    }

    public static StdioRequest terminal(int rows, int columns) {
        return new StdioRequest(true, true, rows, columns);
    }
}
