package dev.carafe.cli.command;

import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.ConfigFile;
import dev.carafe.cli.session.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;

/// The header X-Registry-Config: all accounts that the client's configuration knows, for a build's
/// base images.
final class Accounts {
    private Accounts() {}

    /// The header with its line end; empty when there is no account. A helper that fails means no
    /// account there.
    static String header(ConfigFile config) {
        Set<String> registries = new TreeSet<>();
        registries.addAll(config.content().object("auths").keySet());
        registries.addAll(config.content().object("credHelpers").keySet());
        JsonObject accounts = new JsonObject();
        for (String registry : registries) {
            try {
                CredentialStore store = new CredentialStore(config, registry);
                JsonObject account = store.get();
                if (!account.isEmpty()) {
                    accounts.put(store.registry(), account);
                }
            } catch (IOException | Failure e) {
                // the registry itself will say that it wants one
            }
        }
        return accounts.isEmpty()
                ? ""
                : "X-Registry-Config: "
                        + Base64.getUrlEncoder()
                                .encodeToString(
                                        Json.write(accounts).getBytes(StandardCharsets.UTF_8))
                        + "\r\n";
    }
}
