package dev.carafe.cli.command;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.http.RawCopy;
import dev.carafe.cli.session.Session;
import java.io.IOException;

/// `system dial-stdio`: the daemon's socket on standard input and output, which clients with an
/// ssh:// address run on this machine.
final class DialStdioCommand extends Command {
    DialStdioCommand() {
        super("dial-stdio", "", "Join standard input and output to the daemon's socket", 0, 0);
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        RawCopy.both(session.api().connect(), session.in(), session.out());
        return 0;
    }
}
