package dev.carafe.dockerapi.wire;

import static dev.carafe.dockerapi.wire.Wire.text;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockermodel.AuthConfig;
import dev.carafe.dockermodel.DockerJson;
import dev.carafe.registry.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Credentials as clients send them.
public final class AuthWire {
    private AuthWire() {}

    /// The header X-Registry-Auth: base64url of JSON, padded or not. What can't be understood means
    /// nobody, as in dockerd.
    public static Credentials header(@Nullable String value, DockerJson json) {
        if (value == null || value.isBlank()) {
            return Credentials.NONE;
        }
        try {
            String standard = value.strip().replace('+', '-').replace('/', '_');
            byte[] decoded = Base64.getUrlDecoder().decode(standard.replaceFirst("=+$", ""));
            AuthConfig config = json.read(AuthConfig.class, decoded);
            return config == null ? Credentials.NONE : credentials(config);
        } catch (IllegalArgumentException | InvalidArgument e) {
            return Credentials.NONE;
        }
    }

    public static Credentials credentials(AuthConfig config) {
        String user = text(config.username());
        String password = text(config.password());
        String pair = text(config.auth());
        if (user.isEmpty() && !pair.isEmpty()) {
            String both = new String(Base64.getDecoder().decode(pair), StandardCharsets.UTF_8);
            int colon = both.indexOf(':');
            user = colon < 0 ? both : both.substring(0, colon);
            password = colon < 0 ? "" : both.substring(colon + 1);
        }
        return new Credentials(
                user, password, text(config.identitytoken()), text(config.registrytoken()));
    }
}
