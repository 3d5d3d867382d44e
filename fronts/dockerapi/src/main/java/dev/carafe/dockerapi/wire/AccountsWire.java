package dev.carafe.dockerapi.wire;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockermodel.AuthConfig;
import dev.carafe.dockermodel.DockerJson;
import dev.carafe.oci.ImageReference;
import dev.carafe.registry.Credentials;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The header X-Registry-Config of a build: base64url of a JSON object, accounts by registry.
/// Registries are named as the client's configuration has them: a host, or a URL.
public final class AccountsWire {
    public static final String HEADER = "X-Registry-Config";
    private static final String OFFICIAL = "index.docker.io";

    private AccountsWire() {}

    /// What can't be understood means nobody, as in dockerd.
    public static Function<String, Credentials> header(@Nullable String value, DockerJson json) {
        if (value == null || value.isBlank()) {
            return registry -> Credentials.NONE;
        }
        Map<String, Credentials> byHost = new HashMap<>();
        try {
            String standard = value.strip().replace('+', '-').replace('/', '_');
            byte[] decoded = Base64.getUrlDecoder().decode(standard.replaceFirst("=+$", ""));
            if (json.readAny(decoded) instanceof Map<?, ?> accounts) {
                accounts.forEach((registry, account) ->
                        byHost.put(
                                host(String.valueOf(registry)),
                                AuthWire.credentials(
                                        json.read(AuthConfig.class, json.write(account)))));
            }
        } catch (IllegalArgumentException | InvalidArgument e) {
            return registry -> Credentials.NONE;
        }
        return registry -> byHost.getOrDefault(host(registry), Credentials.NONE);
    }

    private static String host(String registry) {
        String rest = registry.replaceFirst("^(?i)https?://", "");
        int slash = rest.indexOf('/');
        String host = slash < 0 ? rest : rest.substring(0, slash);
        return host.equals(OFFICIAL) ? ImageReference.DEFAULT_DOMAIN : host;
    }
}
