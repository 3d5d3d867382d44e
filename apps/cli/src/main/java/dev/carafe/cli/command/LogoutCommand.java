package dev.carafe.cli.command;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Session;
import java.io.IOException;

/// `logout`.
final class LogoutCommand extends Command {
    LogoutCommand() {
        super("logout", "[SERVER]", "Log out from a registry", 0, 1);
    }

    @Override
    String details() {
        return "Without SERVER it is Docker Hub.";
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        CredentialStore store =
                new CredentialStore(
                        session.config(), flags.arguments().isEmpty() ? "" : flags.argument(0));
        session.out().line("Removing login credentials for " + store.registry());
        store.remove();
        return 0;
    }
}
