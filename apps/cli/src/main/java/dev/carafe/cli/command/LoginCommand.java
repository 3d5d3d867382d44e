package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Session;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// `login`.
final class LoginCommand extends Command {
    private static final int MAX_PASSWORD = 1 << 20;

    LoginCommand() {
        super("login", "[OPTIONS] [SERVER]", "Authenticate to a registry", 0, 1);
    }

    @Override
    String details() {
        return "Without SERVER it is Docker Hub.";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.string('p', "password", "Password or access token (others may see it)"),
            Flag.bool("password-stdin", "Read the password from standard input"),
            Flag.string('u', "username", "Username"),
        };
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        String user = flags.text("username");
        String password = flags.text("password");
        if (!password.isEmpty()) {
            session.err()
                    .line(
                            "WARNING! Using --password via the CLI is insecure. Use --password-stdin.");
            if (flags.bool("password-stdin")) {
                throw new Failure("--password and --password-stdin are mutually exclusive");
            }
        }
        if (flags.bool("password-stdin")) {
            if (user.isEmpty()) {
                throw new Failure("the --password-stdin option requires --username to be set");
            }
            byte[] bytes = session.in().readNBytes(MAX_PASSWORD);
            password = new String(bytes, StandardCharsets.UTF_8).replaceFirst("\r?\n$", "");
        }
        CredentialStore store =
                new CredentialStore(
                        session.config(), flags.arguments().isEmpty() ? "" : flags.argument(0));
        JsonObject login = user.isEmpty() ? store.get() : new JsonObject();
        if (login.isEmpty()) {
            login = asked(session, store, user, password);
        } else {
            session.out().line("Authenticating with existing credentials...").flush();
        }
        JsonObject answer = session.api().post("/auth", login);
        if (!answer.text("IdentityToken").isEmpty()) {
            login.put("password", "");
            login.put("identitytoken", answer.text("IdentityToken"));
        }
        String plain = store.put(login);
        if (!plain.isEmpty()) {
            session.err()
                    .line(
                            "\nWARNING! Your credentials are stored unencrypted in '"
                                    + plain
                                    + "'.\nConfigure a credential helper to remove this warning. See\nhttps://docs.docker.com/go/credential-store/\n");
        }
        String status = answer.text("Status");
        session.out().line(status.isEmpty() ? "Login Succeeded" : status);
        return 0;
    }

    private static JsonObject asked(
            Session session, CredentialStore store, String user, String password) {
        String name = user;
        String secret = password;
        if (name.isEmpty() || secret.isEmpty()) {
            Console console = session.inIsTerminal() ? System.console() : null;
            if (console == null) {
                throw new Failure(
                        "Error: Cannot perform an interactive login from a non TTY device");
            }
            name = name.isEmpty() ? answer(console.readLine("Username: ")) : name;
            char[] typed = secret.isEmpty() ? console.readPassword("Password: ") : null;
            secret = typed == null ? secret : new String(typed);
        }
        if (name.isEmpty()) {
            throw new Failure("Error: Non-null Username Required");
        }
        if (secret.isEmpty()) {
            throw new Failure("Error: Password Required");
        }
        return new JsonObject()
                .with("username", name)
                .with("password", secret)
                .with("serveraddress", store.registry());
    }

    private static String answer(@Nullable String line) {
        return line == null ? "" : line.strip();
    }
}
