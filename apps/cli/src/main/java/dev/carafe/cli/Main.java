package dev.carafe.cli;

import dev.carafe.cli.command.CommandLine;
import dev.carafe.cli.http.ChannelTransport;
import dev.carafe.cli.terminal.Output;
import dev.carafe.cli.terminal.Terminals;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;

/// The command `carafe`.
public final class Main {
    private static final Set<String> OFFLINE =
            Set.of("--version", "-v", "--help", "-h", "help", "completion", "context");

    private Main() {}

    /// Ends the JVM with the command's exit code.
    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0 && arguments[0].equals("__train")) {
            // Must end by itself: the JVM writes the AOT cache at its end
            Training.run();
            return;
        }
        prepare(arguments);
        int code = streams().run(Arrays.asList(arguments));
        // No shutdown hooks, no threads to wait for: everything is written
        Runtime.getRuntime().halt(code);
    }

    /// Gets ready to ask a daemon, if the first word may lead to one.
    static void prepare(String[] arguments) {
        if (arguments.length > 0 && !OFFLINE.contains(arguments[0])) {
            ChannelTransport.prepare();
        }
    }

    /// Joins a command line to the process's own streams.
    static CommandLine streams() {
        Output out = new Output(new FileOutputStream(FileDescriptor.out), Terminals.isTerminal(1));
        Output err = new Output(new FileOutputStream(FileDescriptor.err), Terminals.isTerminal(2));
        return new CommandLine(
                new FileInputStream(FileDescriptor.in), Terminals.isTerminal(0), out, err);
    }
}
