package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Session;
import java.io.IOException;
import java.util.List;

/// A command: its place in the tables, and what it does.
public abstract class Command {
    /// For {@link #most}: as many as one likes.
    static final int ANY = Integer.MAX_VALUE;

    static final Flag[] NO_FLAGS = {};

    private final String name;
    private final String usage;
    private final String summary;
    private final int least;
    private final int most;

    /// @param name without the program and the group
    /// @param usage what follows the name, `[OPTIONS] CONTAINER [CONTAINER...]`
    /// @param summary one sentence without a full stop, for lists and for the head of its help
    Command(String name, String usage, String summary, int least, int most) {
        this.name = name;
        this.usage = usage;
        this.summary = summary;
        this.least = least;
        this.most = most;
    }

    /// @return the exit code
    abstract int run(Session session, Parsed flags) throws IOException;

    Flag[] flags() {
        return NO_FLAGS;
    }

    /// Whether flags may follow arguments. Not where the arguments are somebody else's command
    /// line.
    boolean interspersed() {
        return true;
    }

    /// Whether even what looks like a flag is an argument.
    boolean takesFlagsAsWords() {
        return false;
    }

    /// Other spellings of the whole command, such as `carafe container ls, carafe ps`.
    String aliases() {
        return "";
    }

    /// Further sentences for the help page; empty = none.
    String details() {
        return "";
    }

    /// Pairs: a command line without the program's name, and what it does.
    String[] examples() {
        return new String[0];
    }

    /// What the argument at this position completes to.
    Completion completes(int position) {
        return Completion.NOTHING;
    }

    /// Exit code when the daemon refuses; `run` and `create` tell it apart from the container's
    /// own.
    int failureCode() {
        return 1;
    }

    /// Whether failures are shown as `carafe: sentence` with a hint at the help.
    boolean namesProgram() {
        return false;
    }

    final String name() {
        return name;
    }

    final String usage() {
        return usage;
    }

    final String summary() {
        return summary;
    }

    final int least() {
        return least;
    }

    final int most() {
        return most;
    }

    /// Tells which warnings came with the flags.
    static void warn(Session session, List<String> warnings) {
        for (String warning : warnings) {
            session.err().line(warning);
        }
    }
}
