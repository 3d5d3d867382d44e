package dev.carafe.registry;

import dev.carafe.base.Subject;
import dev.carafe.base.Unauthenticated;
import dev.carafe.registry.http.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// Asks a registry whether it takes the credentials.
final class Login {
    private Login() {}

    /// @return a refresh token to be kept in place of the password; empty when the registry gives
    ///   none
    /// @throws dev.carafe.base.Unauthenticated when it does not take them
    static String check(String domain, Credentials credentials, RegistryOptions options) {
        Subject subject = new Subject("registry", domain);
        try (Servers servers = new Servers(domain, credentials, options)) {
            Endpoint server = servers.main();
            URI ping = server.at("");
            try (Answer answer = server.get(ping, List.of(), Map.of())) {
                if (answer.status() == 401) {
                    throw new Unauthenticated(
                            subject,
                            "login attempt to " + ping + " failed with status: 401 Unauthorized",
                            null);
                }
                if (answer.status() != 200) {
                    throw answer.refusal();
                }
            } catch (IOException e) {
                throw Failures.asked("GET", ping, e);
            }
            return server.authorizer().refreshToken();
        } catch (IOException e) {
            throw Failures.general(subject, e);
        }
    }

    /// The registry that a server address means: `https://index.docker.io/v1/` is `docker.io`.
    static String domain(String address) {
        String host = address.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
        return host.isEmpty()
                        || host.equals("index.docker.io")
                        || host.equals("registry-1.docker.io")
                ? Reach.HUB
                : host;
    }
}
