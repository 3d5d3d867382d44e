package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.session.Globals;

/// The flags of commands by their name without the program, for tests of other packages.
public final class FlagTables {
    private FlagTables() {}

    /// @param command such as `run` or `image ls`; empty = the flags before a command
    public static Flag[] of(String command) {
        if (command.isEmpty()) {
            return Globals.FLAGS;
        }
        int space = command.indexOf(' ');
        Command found =
                space < 0
                        ? Catalog.top(command)
                        : Catalog.inGroup(
                                command.substring(0, space), command.substring(space + 1));
        if (found == null) {
            throw new AssertionError("no command " + command);
        }
        return found.flags();
    }
}
