package dev.carafe.cli;

import dev.carafe.cli.command.CommandLine;
import dev.carafe.cli.terminal.Output;
import dev.carafe.cli.terminal.Terminals;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Arrays;

/// The command `carafe`.
public final class Main {
    private Main() {}

    /// Ends the JVM with the command's exit code.
    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0 && arguments[0].equals("__train")) {
            // Must end by itself: the JVM writes the AOT cache at its end
            Training.run();
            return;
        }
        int code = streams().run(Arrays.asList(arguments));
        // No shutdown hooks, no threads to wait for: everything is written
        Runtime.getRuntime().halt(code);
    }

    /// Joins a command line to the process's own streams.
    static CommandLine streams() {
        Output out = new Output(new FileOutputStream(FileDescriptor.out), Terminals.isTerminal(1));
        Output err = new Output(new FileOutputStream(FileDescriptor.err), Terminals.isTerminal(2));
        return new CommandLine(
                new FileInputStream(FileDescriptor.in), Terminals.isTerminal(0), out, err);
    }
}
