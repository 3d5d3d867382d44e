package dev.carafe.runtime;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Pipes;
import dev.carafe.linux.Pty;
import dev.carafe.runtime.steps.Descriptors;
import org.jspecify.annotations.Nullable;

/// The standard streams of a process to be: our ends, kept, and its own, passed to the launcher.
final class Streams {
    private Streams() {}

    /// Makes pipes and passes every end to the launcher.
    ///
    /// @param held gets the program's ends
    /// @param owner the host's id of the program's user, who may open /dev/stdout again
    static Stdio pipes(
            boolean openStdin, int owner, Held held, Descriptors descriptors, Fd nothing) {
        @Nullable Fd stdin = null;
        if (openStdin) {
            Pipes.Pipe in = Pipes.pipe();
            give(held.add(in.read()), owner);
            descriptors.put(0, in.read());
            descriptors.put(Descriptors.STDIN, in.write());
            stdin = in.write();
        } else {
            descriptors.put(0, nothing);
        }
        Pipes.Pipe out = Pipes.pipe();
        give(held.add(out.write()), owner);
        descriptors.put(1, out.write());
        Pipes.Pipe err = Pipes.pipe();
        give(held.add(err.write()), owner);
        descriptors.put(2, err.write());
        Stdio stdio = new Stdio(stdin, out.read(), err.read(), journal(), journal());
        share(stdio, descriptors);
        return stdio;
    }

    /// Passes a terminal to the launcher; the master is ours and the monitor's.
    static Stdio terminal(
            Pty pty, StdioRequest request, int owner, Held held, Descriptors descriptors) {
        bareTerminal(pty, request, owner, held, descriptors);
        Stdio stdio = new Stdio(pty.master().dup(), pty.master(), null, journal(), null);
        share(stdio, descriptors);
        return stdio;
    }

    /// Streams of a terminal that another program is to make: nothing for the program until then.
    static Stdio terminalToCome(Descriptors descriptors, Fd nothing) {
        for (int i = 0; i <= 2; i++) {
            descriptors.put(i, nothing);
        }
        Stdio stdio = new Stdio(null, nothing.dup(), null, journal(), null);
        share(stdio, descriptors);
        return stdio;
    }

    /// Passes a terminal to the launcher; the master is the caller's.
    static void bareTerminal(
            Pty pty, StdioRequest request, int owner, Held held, Descriptors descriptors) {
        Fd slave = held.add(pty.slave());
        give(slave, owner);
        if (request.rows() > 0 && request.columns() > 0) {
            Pty.resize(pty.master(), request.rows(), request.columns());
        }
        for (int i = 0; i <= 2; i++) {
            descriptors.put(i, slave);
        }
    }

    private static JournalPipe journal() {
        Pipes.Pipe pipe = Pipes.pipe(Pipes.O_NONBLOCK);
        return new JournalPipe(pipe.read(), pipe.write());
    }

    private static void share(Stdio stdio, Descriptors descriptors) {
        if (stdio.stdin() != null) {
            Pipes.setNonBlocking(stdio.stdin(), true);
        }
        Pipes.setNonBlocking(stdio.stdout(), true);
        descriptors.put(Descriptors.STDOUT, stdio.stdout());
        descriptors.put(Descriptors.OUT_JOURNAL_READ, stdio.outJournal().read());
        descriptors.put(Descriptors.OUT_JOURNAL_WRITE, stdio.outJournal().write());
        if (stdio.stderr() != null && stdio.errJournal() != null) {
            Pipes.setNonBlocking(stdio.stderr(), true);
            descriptors.put(Descriptors.STDERR, stdio.stderr());
            descriptors.put(Descriptors.ERR_JOURNAL_READ, stdio.errJournal().read());
            descriptors.put(Descriptors.ERR_JOURNAL_WRITE, stdio.errJournal().write());
        }
    }

    private static void give(Fd fd, int owner) {
        if (owner != 0) {
            FileSystem.fchown(fd, owner, -1);
        }
    }
}
